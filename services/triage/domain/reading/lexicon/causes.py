"""Whose doing it is said to be, where it is the customer's: own things, use, changes, neglect, updates.

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
FOUND
  en turned_out turns_out found_that it_was_found cause_was reason_was root_cause
  es resultó resultó_que resulta_que
  fr il_s'avère s'est_avéré
  pt descobrimos_que descobriu
  de stellte_sich_heraus
FORK
  en own_patch monkey_patch monkey-patch monkey-patched forked own_fork private_build own_build patched_version
  en modified_version modified_sdk modified_library patched_sdk customised_sdk
OWNED
  en own self-hosted self-made in-house homegrown reporter's customer's
  es propio propia propios propias
  fr propre propres
  pt próprio própria próprios próprias
  de eigen eigene eigenen eigener eigenes eigenem
BCODE
  en 21211 21212 21606 21608 21610 21408 21617 21614 21205 21219 63016 63018 20003 20404 12100 12200 11200 21401
  xx 21211 21606 21608 21610 21408 21617 63016
DOCUMENTED
  en trial_account as_documented documented_as is_documented documentation_says documentation_forbids
  en documentation_requires a_documented the_documented which_requires requires_a is_required outside_of outside_the
  en outside_their not_permitted only_allowed must_be_used per_the_documentation contrary_to against_the
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
NET
  en waf reverse_proxy nginx ingress firewall firewalls router routers proxy vpn wi-fi wifi dns nat sip_alg lan
  en antivirus switch modem corporate_network office_network own_network company_network load_balancer ad_blocker
  en internet_connection hotspot
  xx firewall router proxy vpn wifi
  es cortafuegos enrutador red_interna nuestra_red conexión_de_la_oficina
  fr pare-feu routeur réseau_interne notre_réseau box
  pt roteador rede_interna nossa_rede
  de firewall router wlan unser_netz firmennetz netzwerk
KIT
  en cdn clock pbx headset headsets microphone laptop workstation desk_phone desk_phones softphone password server
  en web_server own_server extension browser computer pc machine hardware credentials firmware disk handset modem ata
  en asterisk freepbx 3cx cpu database sip_client dial_plan cable mobile_phone phone_settings certificate domain
  xx pbx asterisk
  es centralita auriculares micrófono servidor contraseña ordenador disco certificado dominio
  fr standard casque micro serveur mot_de_passe ordinateur disque certificat domaine
  pt central servidor microfone senha computador disco certificado domínio
  de telefonanlage headset mikrofon server passwort rechner webserver festplatte zertifikat domain
SOFT
  en code app application release deploy deployed deployment script integration update crm backend website config
  en configuration settings job cron release_of plugin version bot handler listener parser worker cache client_code
  en change_on_our_side library_usage migration rollout settings_page env environment_variable
  es código aplicación despliegue despliegues script actualización configuración versión integración desplegamos
  fr code application déploiement déployé script mise_à_jour configuration version intégration déployée
  pt código aplicação aplicativo implantação script atualização configuração versão integração
  de code anwendung app deployment skript update aktualisierung konfiguration version programm einspielen
MINE
  en customer's reporter's owner owner's company's company team's his her their developer person developer's team
  en agent's customer somebody someone user's local own hosts staff client client's hotel branch
  es cliente empresa propietario
  fr client société entreprise propriétaire
  pt cliente empresa proprietário
  de kunde kunden firma unternehmen besitzer
BLOCKS
  en cuts cut terminates worn defective block blocks blocked blocking bug bugs mistake mistyped misconfigured
  en misconfiguration muted overloaded rewrites changes modifies alters strips typo faulty broken reboots reboot
  en rebooted crash out_of_disk full ran_out exhausted closes drops prevented kept blocking_the wrong deny denied
  en unplugged disabled fault restarts wrong_prefix rolling_back rolled_back rolling_the reverting reverted removing
  en disabling off_by_mistake forgotten sends_an_empty down hang interferes interfered after_opening opening_it
  en full_disk was_down ran_out_of muting turned_off switched_off filters crashed whitelisting allowlisting
  en intercepted overwrote overwritten timezone_wrong drop dropping closed
  es culpa cambia altera bloquea bloqueaba bloqueó bloquean bug errónea mal_configurado mal_configurada saturada
  es saturado fallo error equivocada al_abrirlo lleno llena apagado
  fr faute modifie bloque bloquait bloquaient bogue bug mal_configuré mal_configurée saturé saturée erreur erroné
  fr plein pleine éteint
  pt culpa altera muda bloqueia bloqueava bloqueou bug errada mal_configurado mal_configurada saturada lotado cheio
  pt desligado erro
  de schuld verändert ändert kappt gesperrt sperrt_aus blockiert blockierte sperrt fehler falsch_konfiguriert
  de falsch_eingestellt überlastet voll abgestürzt bug vertippt ausgeschaltet
PARAM
  en caller_id region placeholders sender campaign brand endpoint parameter parameters argument arguments field format
  en country_code header body xml json url answer_url auth_token token api_key from_number sender_id number_format
  en credentials payload encoding method answer_method destination e.164 grant secret content_type content-type
  en answer_document sip_uri scope element tag attribute sequence_of_calls webhook_url callback_url raw_body key_pair
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
  en lacked lacks unregistered unverified had_been_passed swapped mixed_up still_had_the_default placeholder
  en typed_wrong misused misuse misread hard-coded not_been_created not_url-encoded twice_encoded unescaped
  en never_called never_set not_passed never_enabled
  es faltaba falta incorrecto incorrecta inválido inválida sin equivocado equivocada olvidó omitió erróneo no_creado
  es mal_formado omitido errónea
  fr manquant manquante manquait incorrect incorrecte invalide oublié omis erroné erronée mauvais sans absent
  pt faltava faltando incorreto incorreta inválido inválida sem esqueceu omitiu errado errada omitido
  de fehlt fehlte falsch falsche falschen falschem ungültig vergessen ausgelassen ohne fehlender fehlenden unzulässig
RATE
  en throughput throttled rate_limit rate_error rate_errors throughput_error too_many_requests
  en more_than_the_documented exceeds_the exceeded exceeding above_the_limit over_the_limit rate_exceeded
  en limited_to_one over_one above_the_documented documented_limit surplus messages_a_second burst bursts sms_a_second
  en requests_a_second calls_a_second limited_to per_second a_second faster_than quota_exceeded over_its_limit
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
  en exceeds more_than_the_documented exceeds_the exceeding above_the_limit over_the_limit over_one
  en above_the_documented limited_to_one rate_error rate_errors throughput_error over_its_limit too_many_requests
  en exceeded documented_limit faster_than surplus sending_over
  es límite_superado supera_el_límite límite_documentado
  fr limite_dépassée dépasse_la_limite limite_documentée
  pt limite_excedido excede_o_limite limite_documentado
  de limit_überschritten überschreitet dokumentierte_grenze
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
DEPLOYED
  en deployed released updated upgraded migrated reinstalled rewrote refactored latest_release own_release own_update
  en own_deploy deploy new_release our_release our_deploy last_release our_update rolled_out own_upgrade
  es desplegamos desplegó actualizamos actualizó migramos
  fr déployé mis_à_jour migré
  pt implantamos atualizamos atualizou migramos
  de ausgerollt eingespielt aktualisiert umgestellt
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
WITHOUTIT
  en without_it after_opening at_home on_other_networks after_disabling after_removing on_mobile_data
  es al_abrirlo sin_ella
  fr sans_lui
  pt sem_ela
  de ohne_sie ohne_es
STALE
  en expired ran_out outdated end_of_life end-of-life unpatched out_of_date not_been_updated not_renewed no_firmware
  en not_maintained unmaintained obsolete never_updated neglected lapsed has_not_been_updated years_old old_firmware
  en not_been_renewed not_been_maintained antiquated expires_on not_patched
  es caducado caducó caducada vencido vencida venció obsoleto obsoleta desactualizado sin_actualizar
  fr expiré expirée obsolète périmé pas_été_mis_à_jour pas_renouvelé
  pt expirado expirou vencido venceu obsoleto desatualizado sem_atualização
  de abgelaufen veraltet veraltete nicht_erneuert nicht_gewartet nicht_aktualisiert
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
UPDATE
  en update upgrade updates upgrades new_version newer_version fixed_release patch fixed_version old_sdk sdk_version
  en latest_version latest_sdk new_sdk newer_sdk 5.x current_sdk
  es actualización actualizar versión_nueva nueva_versión parche
  fr mise_à_jour mettre_à_jour nouvelle_version correctif
  pt atualização atualizar nova_versão correção
  de update aktualisierung neue_version patch aktualisieren
"""
