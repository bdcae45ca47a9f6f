"""Whose doing it is said to be, where it is how a service is used, changed or not updated.

No word of these excludes anything by itself.
"""

WORDS = """
MALFORMED
  en malformed not_well-formed ill-formed syntactically_wrong invalid_request
  es mal_formada mal_formado
  fr mal_formée mal_formé
  pt malformada mal_formada
  de fehlerhaft_aufgebaut
INPUT
  en answer_url callback_url webhook_url our_request in_the_request request answer_document
OUTPUT
  en delivery_report delivery_reports delivery_receipt report reports receipt receipts callback callbacks webhook
  en webhooks response payload log invoice display displayed shown shows dashboard header_of your_response
  en status_callback screen export
  es informe respuesta panel
  fr rapport réponse
  pt relatório resposta painel
  de bericht antwort anzeige
FORK
  en own_patch monkey_patch monkey-patch monkey-patched forked own_fork private_build own_build patched_version
  en modified_version modified_sdk modified_library patched_sdk customised_sdk
REQUIRES
  en expects requires wants must_be must_have expected required mandatory needs_to_be has_to_be only_accepts
  es exige requiere espera debe_ser obligatorio
  fr exige attend obligatoire doit_être
  pt exige requer espera obrigatório deve_ser
  de verlangt erwartet erforderlich pflichtfeld muss
BCODE
  en 132012 132000 132001 132005 132015 131008 131009 131047 21610 21612 30034 30032 20429 10001 21703 21619 21401 21211
  en 21212 21606 21608 21408 21617 21614 21205 21219 63016 63018 20003 20404 12100 12200
  xx 132012 132000 132001 131047 21211 21606 21608 21610 21408 21617 63016
DOCUMENTED
  en trial_acc free_trial from_trial trial_mode trial_number trial_accounts guide_demands guide_requires page_demands
  en manual_demands docs_mention as_the_guide as_the_docs as_the_manual documentation_speaks documentation_states
  en docs_say docs_state documentation_mentions docs_require docs_do_mention the_docs_say is_documented manual_says
  en documentation_limits documented_rate trial_account as_documented documented_as documentation_says
  en documentation_forbids documentation_requires a_documented the_documented which_requires requires_a is_required
  en not_permitted only_allowed must_be_used per_the_documentation contrary_to
  en against_the
  es según_la_documentación documentado_como fuera_de la_documentación_exige
  fr selon_la_documentation documenté_comme en_dehors_de la_documentation_exige
  pt segundo_a_documentação documentado_como fora_da a_documentação_exige
  de laut_dokumentation wie_dokumentiert außerhalb dokumentation_verlangt
SETUP
  en assigned configured created set enabled registered verified bought initialised initialized attached provisioned
  en whitelisted allowed activated purchased added linked
  es asignado configurado creado habilitado registrado activado
  fr attribué configuré créé activé enregistré
  pt atribuído configurado criado habilitado registrado ativado
  de zugewiesen konfiguriert angelegt eingerichtet aktiviert registriert freigeschaltet
PARAM
  en caller_id region placeholders sender campaign brand endpoint parameter parameters argument arguments field format
  en country_code header body xml json url answer_url auth_token token api_key from_number sender_id number_format
  en credentials payload encoding method answer_method destination e.164 grant secret content_type content-type
  en answer_document sip_uri scope element tag attribute sequence_of_calls webhook_url callback_url raw_body key_pair
  en plus_sign permissions
  en application_id profile prefix
  es parámetro formato prefijo cabecera campo número_de_origen credenciales argumento
  fr paramètre format indicatif en-tête champ identifiants argument
  pt parâmetro formato cabeçalho campo credenciais argumento código_do_país
  de parameter format ländervorwahl vorwahl header feld zugangsdaten argument
MISSED
  en was_given_where given_where is_given_instead missing omitted omits left_out without forgot forgotten malformed
  en invalid wrong incorrect misspelled trailing not_created never_created not_configured not_enabled not_set
  en unsupported never_registered not_bought not_registered had_not_been never_bought trailing_space another_account
  en not_initialised not_initialized before_init expired_token should_have_been does_not_exist only_to_get duplicated
  en lacked lacks unregistered unverified had_been_passed swapped mixed_up still_had_the_default placeholder typed_wrong
  en misused misuse misread hard-coded not_been_created not_url-encoded twice_encoded unescaped never_called never_set
  en not_passed never_enabled
  es faltaba falta incorrecto incorrecta inválido inválida sin equivocado equivocada olvidó omitió erróneo no_creado
  es mal_formado omitido errónea
  fr manque manquent
  fr manquant manquante manquait incorrect incorrecte invalide oublié omis erroné erronée mauvais sans absent
  pt faltava faltando incorreto incorreta inválido inválida sem esqueceu omitiu errado errada omitido
  de fehlt fehlte falsch falsche falschen falschem ungültig vergessen ausgelassen ohne fehlender fehlenden unzulässig
RATE
  en load_test load_testing 429 rate_limited a_minute per_minute an_hour_limit concurrency throughput throttled
  en rate_limit rate_error rate_errors throughput_error too_many_requests more_than_the_documented exceeds_the exceeded
  en exceeding above_the_limit over_the_limit rate_exceeded limited_to_one over_one above_the_documented surplus
  en messages_a_second burst bursts sms_a_second requests_a_second calls_a_second limited_to per_second a_second
  en faster_than quota_exceeded over_its_limit
  es por_segundo límite_superado supera_el_límite límite_documentado
  fr par_seconde limite_dépassée dépasse_la_limite limite_documentée
  pt por_segundo limite_excedido excede_o_limite limite_documentado
  de pro_sekunde limit_überschritten überschreitet grenzwert dokumentierte_grenze
OPTOUT
  en opted_out opted-out replied_stop wrote_stop 21610 unsolicited without_consent acceptable_use purchased_list
  en violates_the violates_our contrary_to_the against_the_documentation against_the_terms documentation_forbids
  es contra_los_términos contrario_a_la_documentación
  fr contraire_à_la_documentation
  pt contrário_à_documentação contra_os_termos
  de entgegen_der_dokumentation gegen_die_nutzungsbedingungen
OVER
  en exceeds more_than_the_documented exceeds_the exceeding above_the_limit over_the_limit over_one above_the_documented
  en limited_to_one rate_error rate_errors throughput_error over_its_limit too_many_requests exceeded faster_than
  en surplus sending_over
  es límite_superado supera_el_límite límite_documentado
  fr limite_dépassée dépasse_la_limite limite_documentée au-dessus_de_la_limite dépassons_la_limite au-delà_de_la_limite
  pt limite_excedido excede_o_limite limite_documentado acima_do_limite além_do_limite
  de limit_überschritten überschreitet dokumentierte_grenze über_dem_limit über_der_grenze oberhalb_der_grenze
  en above_the_rate over_the_rate go_over_the goes_over_the going_over_the beyond_the_limit beyond_the_rate
  es por_encima_del_límite superamos_el_límite excedemos_el_límite
BUG
  en bug bugs mistake typo rolling_back rolled_back rolling_the reverting reverted sends_an_empty faulty fault
  en memory_leak own_error broken_by
  es bug error_en fallo_en
  fr bug bogue erreur_dans
  pt bug erro_no erro_em
  de bug fehler_in programmierfehler
YOUR
  en your yours platform platform's provider's provider
  es su sus vuestra vuestro plataforma
  fr votre vos plateforme
  pt sua seu suas seus plataforma
  de ihr ihre ihren euer eure plattform
SECRETLY
  en without_telling without_asking without_your_knowledge without_permission without_approval without_authorisation
  en without_authorization unauthorised unauthorized undocumented_endpoint internal_endpoint private_endpoint
  en undocumented_api private_api internal_api reverse_engineered
  es sin_avisar sin_permiso sin_autorización
  fr sans_prévenir sans_autorisation
  pt sem_avisar sem_autorização
  de ohne_rücksprache ohne_erlaubnis eigenmächtig
NOTDONE
  en not_done_so haven't_done not_done_that not_registered not_yet_registered haven't_registered not_registered_yet
  en not_done_it never_did haven't_yet skipped_that missed_that overlooked ignored_that
  es no_lo_hemos_hecho no_lo_hicimos
  fr ne_l'avons_pas_fait pas_encore_fait
  pt não_fizemos ainda_não_fizemos
  de nicht_gemacht noch_nicht_gemacht versäumt
CHANGED
  en patched forked modified edited altered customised customized monkey-patched fork rewrote hacked tampered
  en changed_a_file replaced private_build changed_codecs by_hand own_build own_fork modify changed reverse-engineered
  en hand-edited self-made recompiled decompiled own_patch
  es modificado modificamos modificó parcheado bifurcado editado cambiamos
  fr modifié modifions modifiée patché forké édité
  pt modificado modificamos modificou alterado alteramos editado
  de verändert geändert modifiziert gepatcht geforkt angepasst abgeändert
PRODUCT
  en client_class sdk library helper_library widget client_library reconnect_logic library_file plugin_of_the_platform
  en sample_code helper official_client web_sdk
  xx sdk
  es biblioteca librería
  fr bibliothèque librairie
  pt biblioteca
  de bibliothek
REFUSED
  en decline declining refused declined refuse declines does_not_want did_not_want do_not_want not_want_to postponed
  en postpone not_going_to won't_upgrade not_upgrade not_update not_willing unwilling chose_not decided_against
  en blocked_the_update not_allow not_allowed skipped refuses put_off holds_back cannot_upgrade will_not_upgrade
  en will_not_update did_not_allow keeps_the_old kept_the_old still_ships still_on not_updated_to not_installed
  en freeze_on never_installed don't_want hold_off will_not_install
  es rechazó rechazamos no_queremos no_quiso aplazó no_permitió nos_negamos
  fr refusé refusons ne_voulons_pas pas_voulu reporté pas_autorisé refuse
  pt recusou recusamos não_queremos não_quis adiou não_permitiu
  de abgelehnt lehnen_ab nicht_gewollt wollten_nicht verschoben nicht_erlaubt aufgeschoben
TURNSDOWN
  en rejected reject rejects blocked block blocks denied deny denies vetoed forbade forbid forbids disallowed prevented
  en turned_down stopped
  es rechazado bloqueado bloqueó bloquea denegado denegó impedido impidió prohibido prohibió
  fr rejeté bloqué bloque interdit empêché
  pt rejeitado bloqueado bloqueou bloqueia negado negou impediu proibiu
  de blockiert untersagt verhindert zurückgewiesen verboten gesperrt nicht_zugelassen nicht_freigegeben nicht_genehmigt
  de nicht_eingespielt nicht_installiert nicht_übernommen
ADVISED
  en told_us_to told_me_to asked_us_to asked_me_to told_to asked_to advised advise recommended recommend urged reminded
  es nos_pidieron nos_dijeron nos_recomendaron recomendado recomendaron aconsejado pidió
  fr demandé recommandé conseillé recommandez
  pt pediram recomendaram recomendado aconselharam
  de gebeten empfohlen aufgefordert geraten
UPDATE
  en update upgrade updates upgrades new_version newer_version fixed_release patch fixed_version old_sdk sdk_version
  en latest_version latest_sdk new_sdk newer_sdk 5.x current_sdk
  es actualización actualizar versión_nueva nueva_versión parche
  fr mise_à_jour mettre_à_jour nouvelle_version correctif
  pt atualização atualizar nova_versão correção
  de update aktualisierung neue_version patch aktualisieren
RIGHTS
  en limited_rights limited_permissions restricted_rights restricted_key without_the_right without_the_rights
  en without_the_permission without_permission_to without_the_scope lacks_the_right lacks_the_scope lacks_permission
  en read-only_key read-only_token read_only_key insufficient_scope missing_scope wrong_scope insufficient_permissions
  en not_have_the_right not_have_permission no_permission_for
  es permisos_limitados derechos_limitados sin_permiso_para sin_permisos sin_el_permiso
  fr droits_limités droits_restreints sans_le_droit sans_les_droits permissions_limitées
  pt permissões_limitadas direitos_limitados sem_permissão_para sem_a_permissão
  de eingeschränkten_rechten ohne_das_recht ohne_berechtigung fehlende_berechtigung begrenzten_rechten
"""
