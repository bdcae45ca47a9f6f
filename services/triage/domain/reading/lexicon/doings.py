"""What takes a sentence to tell: what ails a thing of the customer, what was left undone, what a rule demands, age,
what people would rather keep, what nature destroyed, what a carrier or a third party says of itself.

No word of these excludes anything by itself.
"""

WORDS = """
HOSTED
  en scheduler cron_job handler host vps server web_server database queue worker cluster ingress backend handler
  en endpoint clock disk registration_of_our domain_registration listener consumer app_server cloud_function
  en proxy_server reverse_proxy gateway_of_ours
  es servidor base_de_datos dominio sistema_propio
  fr serveur hébergeur hébergement base_de_données domaine
  pt servidor hospedagem banco_de_dados domínio
  de server hoster datenbank domain webserver rechner
BUILT
  fr hébergeur
  de hoster
  en hosting_company web_host webhost
  en webpack vite rollup babel bundler compiler toolchain command_line_tools npm yarn pip virtualenv gradle
  en maven cocoapods composer dockerfile build_config tsconfig node_modules build_script import_path openssl
  en our_configuration our_config our_settings our_database our_environment
  es nuestra_configuración
  fr notre_configuration
  pt nossa_configuração
  de unserer_konfiguration unseren_einstellungen
  en group_policy plugin_of_the project_file own_project own_code keyboard sound_settings output_device speakers
OWNCONFIG
  en our_configuration our_config our_settings our_database our_environment
  es nuestra_configuración
  fr notre_configuration
  pt nossa_configuração
  de unserer_konfiguration unseren_einstellungen
AILS
  en suspended unpaid unpaid_bill out_of_memory ran_out out_of_disk disk_full no_space no_disk_space full locked
  en deadlocked stuck crashed hung froze overloaded saturated restarting rebooting shut_down switched_off
  en powered_off unplugged misconfigured misconfiguration segmented two_copies second_copy deadlock memory_leak
  en wrong_port wrong_time clock_was clock_is days_off off_by_one expire expired lapse lapsed bug typo crossed
  en conflict conflicts conflicting in_conflict run_out_of crashes unknown permission_problem permissions_problem
  en worn ancient lost_its wrong_address same_name never_restarted overheating corrupted denies refuses rejects
  en too_slow not_listening breaks_the
  es caído sin_espacio saturado saturada lleno llena reiniciaba reinicia daba_abasto apagado mal_configurado
  es impago mal_configurada colgado bloqueaba rechazaba
  fr en_panne saturé saturée plein refusait éteint mal_configuré redémarrait impayé planté rejetait bloquait
  pt sem_espaço caído cheio travado travada sobrecarregado desligado mal_configurado bloqueava recusava
  de voll abgestürzt überlastet falschen_port hing ausgeschaltet falsch_konfiguriert aufgehängt unbezahlt
  de blockierte unbekannt konflikt
FELL
  en stops_answering stops_responding stopped_answering stopped_responding must_be_restarted has_to_be_restarted
  en needs_a_restart did_not_run not_started not_been_started
  en is_down was_down were_down off_the_air not_running had_gone_down went_down
  es estaba_caído estaba_caída
  fr était_en_panne était_tombé
  pt estava_caído estava_fora
  de war_ausgefallen war_weg
CULPRIT
  en came_down_to comes_down_to boiled_down_to boils_down_to in_the_end_it_was turned_out_to_be culprit
  en cause_was the_reason_was was_to_blame to_blame was_down_to was_at_fault had_found has_found found_a
  en found_an was_caused_by is_caused_by tracked_down traced_back the_cause_is
  es al_final_era al_final_eran la_culpa_era la_causa_era causa_fue culpa_de era_culpa culpable
  fr au_final c'était_en_fait en_fait_c'était la_cause_était venait_du a_trouvé coupable
  pt no_fim_era a_causa_era a_culpa_era culpa_do culpa_da era_o_nosso era_a_nossa culpado
  de ursache_war schuld_war grund_war lag_an lag_am lag_es_an schuld_ist ursache_ist verursacht
SOLVES
  en solves solved fixes fixed cures cured went_through quiet_since gone_since works_since helped cleared_it
  en resolved_it resolves sorted_it did_the_trick was_enough
  es resuelve resolvió solucionó soluciona arregló
  fr résout résolu réglé règle
  pt resolve resolveu solucionou
  de behebt behoben löst gelöst
MENDS
  en switching_off switched_off disabling disabled replacing replaced reinstalling reinstalled restarting
  en rebooting a_change_to updating_the upgrading_the swapping removing clearing resetting turning_off
  en unplugging uninstalling
  es desactivar desactivando sustituir cambiar_el reinstalar reiniciando quitar
  fr désactiver désactivant remplacer réinstaller redémarrant retirer
  pt desativar desativando trocar reinstalar reiniciando remover
  de abschalten austausch neuinstallation ausschalten entfernen
REPLIES
  en answer answers answered replies replied returns returned responds responded
  es respondía responde respondió
  fr répondait répond
  pt respondia responde
  de antwortet antwortete
OMITTED
  en had_not_been had_not hadn't had_never was_never were_never had_been_left never_been not_yet_been never_got
  en never_added never_created never_switched never_enabled never_registered without_having was_made_without
  es no_habíamos no_se_había no_lo_habíamos no_habían no_estaba no_había
  fr n'avait_pas n'avions_pas n'avaient_pas n'était_pas n'a_jamais n'avait_jamais
  pt não_tínhamos não_havia não_havíamos
  de wurde_nicht wurden_nicht hatten_nicht hatte_nicht
PREPARED
  en set_up filled_in installed
  en registered verified declared assigned associated attached approved_by_us switched_on enabled activated
  en whitelisted linked bought configured copied initialised initialized application campaign permission
  en application_id accepted_the_terms topped_up opted_in published_the uploaded
  es asociado asociada registrado registrada declarado verificado activado creado configurado habilitado
  fr déclaré enregistré associé activé vérifié créé configuré
  pt associado associada registrado registrada verificado ativado criado configurado habilitado
  de registriert freigeschaltet angelegt zugewiesen verknüpft hinterlegt verifiziert eingerichtet angemeldet
RULEBOOK
  en docs documentation reference guide guides guideline guidelines readme manual rules terms acceptable_use
  en policy_of_use limit limits api_reference
  es documentación guía manual normas límite
  fr doc docs documentation guide manuel règles limite
  pt documentação guia manual regras limite
  de dokumentation doku anleitung handbuch regeln richtlinien grenze
DEMANDS
  en forbid forbids asks_for demands requires require imposes prescribes permits permit allows is_in_the
  en allowed_only only_allows rule_out lists_the says_that_only says_must at_most no_more_than must_be mandatory
  en only_accepts does_not_allow not_allow not_permit at_least
  es exige exigen prohíbe pide permite impone máximo
  fr impose exige interdit demande autorise permet maximum
  pt exige proíbe pede permite impõe máximo
  de verlangt fordert verbietet vorschreibt erlaubt vorgeschrieben höchstens
ONTRIAL
  en on_trial trial_account still_on_trial trial_mode in_trial free_trial trial_restriction trial_limits
  en trial_credit
  es cuenta_de_prueba período_de_prueba
  fr compte_d'essai
  pt conta_de_teste conta_de_avaliação
  de testkonto testguthaben
MISGAVE
  en passed passes pasted put used uses sent sends gave set_to given typed entered checks_with checked_with
  en mixed confused written copied returned returns posts accepts served
  es enviaba pasaba usaba puso
  fr envoyait utilisait passait
  pt enviava usava passava
  de übergeben verwendet geschickt eingetragen
AMISS
  en wrong_key wrong_id wrong_name wrong_case lowercase not_xml not_json not_valid invalid instead in_place_of
  en rather_than under_the_wrong another_service another_account left_off without_the no_credentials no_plus
  en live_account mixed_with test_secret wrong_field wrong_order whereas as_text parent_account belongs_to
  en belong_to a_subaccount not_markup plus_sign_and closed_by other_identifier in_local_format
  es en_lugar_de en_vez_de faltaba equivocado equivocada sin_el
  fr au_lieu_de manquait sans_le mauvais
  pt em_vez_de faltava errado sem_o
  de statt anstelle fehlte falsche falschen
GIVEN
  en identifier id key secret credentials token grant tag markup xml json content_type encoding latin-1 utf-8
  en field parameter number_format plus_sign country_code permissions geographic_permissions text_plain post get
  en body variable variables template sender sender_id subaccount method endpoint_url webhook_url format header
  en argument room_name sid region
  es identificador clave campo parámetro formato número signo
  fr identifiant clé champ paramètre format numéro
  pt identificador chave campo parâmetro formato número
  de kennung schlüssel feld parameter format nummer absender
CONSENTLESS
  en answered_stop replied_stop wrote_stop sent_stop texted_stop said_stop replied_with_stop
  en without_consent for_abuse acceptable_use complaints_of_spam bought_list scraped
  es sin_consentimiento respondió_stop
  fr sans_consentement répondu_stop
  pt sem_consentimento respondeu_stop
  de ohne_einwilligung stop_geantwortet
PACED
  en 429 too_many_requests at_once in_parallel per_second a_second one_per_second concurrently simultaneously
  en bulk_job throttled rate_limit
  es por_segundo a_la_vez
  fr par_seconde à_la_fois
  pt por_segundo ao_mesmo_tempo
  de pro_sekunde gleichzeitig
ALLOWANCE
  en allows allow permits permit allowed quota limit limit_is although_the only_allows stuck_behind allowance
  es permite límite
  fr autorise limite
  pt permite limite
  de erlaubt grenze limit
RUNTIME
  en node python php java ruby android ios safari explorer internet_explorer ie edge_legacy openssl tls golang
  en browsers opera chrome firefox edge
  en dotnet windows_7 windows_xp kernel embedded_browser in-app_browser webview api_level runtime browser macos
  en xcode kotlin swift
REQMIN
  en or_newer or_later or_above or_higher minimum newer_python newer_node too_old supported_browsers
  en list_of_supported no_webrtc not_on_the_list api_level as_unsupported needs_newer no_longer_supports
  en dropped_support end_of_support requires_at
  es o_superior como_mínimo demasiado_antiguo
  fr ou_supérieur au_minimum trop_ancien
  pt ou_superior no_mínimo muito_antigo
  de oder_neuer mindestens zu_alt
WEAKNET
  xx 2g 3g edge-netz
  en satellite satellite_links
  en 2g 3g slow_internet_line slow_line slow_network
  en one_bar bar_of_signal bars_of_signal hotel_wi-fi hotel_wifi hotel_internet on_trains on_the_train
  en in_the_countryside poor_coverage bad_coverage weak_coverage no_coverage government_throttles
  en national_firewall great_firewall censorship transit_provider submarine_cable undersea_cable
  en submarine_cables on_the_backbone the_backbone internet_exchange mbit_s kbit_s low_bandwidth satellite_link
  en rural heavy_loss packet_loss second_hop leased_line public_wi-fi internet_provider internet_access
  en airport_wi-fi poor_internet bad_internet slow_internet
  es proveedor_de_internet mala_cobertura cable_submarino internet_lento
  fr fournisseur_d'accès mauvaise_couverture câble_sous-marin connexion_lente
  pt provedor_de_internet cabo_submarino sinal_fraco internet_lenta
  de internetanbieter seekabel schlechter_empfang mbit funkloch langsames_internet
BADLINE
  en heavy_loss loss throttles throttled damaged only admits routing_problem poor weak one_bar hotel on_trains
  en slow
  es pérdidas pérdida mala lento reconoce
  fr pertes perte mauvaise lente
  pt perdas perda fraco lenta
  de verlust verluste schlecht schafft_nur langsam
NATURE
  en earthquake hurricane cyclone typhoon tornado tsunami flood flooding wildfire blizzard eruption landslide
  en lightning bushfire storm evacuated under_water heavy_rain snow
  es terremoto huracán temporal tormenta inundación incendio riada
  fr tempête séisme ouragan inondation incendie cyclone
  pt terremoto furacão temporal tempestade enchente incêndio
  de sturm unwetter hochwasser erdbeben brand orkan
RAVAGE
  en fire war strike power power_plant shelled shelling shelling_of bombed looting quarantine riot
  es huelga guerra rayo
  fr grève guerre foudre
  pt greve guerra raio
  de streik krieg blitz
DESTROYS
  en destroyed took_out knocked_out damaged tore flooded under_water evacuated shelled bombed on_strike
  en cut_the_power brought_down wiped_out burned burnt struck exchange_building hit
  es tumbó tumbado destruyó destruido derribó arrasó cortó
  fr détruit détruite endommagé abattu coupé frappé
  pt derrubou destruiu atingiu danificou
  de zerstört zerstörte umgerissen beschädigt getroffen
SPAMLABEL
  en scam_likely spam_likely spam_risk robocall_filter scam_label spam_label labelled_scam labelled_spam
  en spam_folder robocall_filters porting_database suspected_spam
OWNFAULT
  en working_on opened_a_ticket is_on_it acknowledged_a had_an_incident has_a_regional has_an_outage
  en reports_degraded revoked revokes revoke paused pause banned bans changed_its answers_with scrub scrubs
  en rewrite rewrites of_theirs on_its_own_page own_status degraded_performance
  es ha_confirmado habla_de publicó ha_publicado incidencia avería
  fr parle_d'un parle_d'une ont_été_suspendus a_annoncé suspendus suspendu
  pt admitiu falha_na falha_no reconhece informou
  de spricht_von meldet hat_uns_eine störung wartungsarbeiten bestätigt
AGED
  en years_old ten_years never_updated dates_from dates_back date_from out_of_support no_longer_maintained
  en service_contract long_ago nobody_keeps keeps_up_to_date not_been_replaced should_have_been_replaced
  en not_maintained never_serviced not_been_serviced from_2010 from_2012 from_2015
  en not_been_maintained without_maintenance neglected
  en not_been_updated not_updated_for
  es años_sin sin_mantenimiento sin_actualizar
  fr jamais_mis_à_jour pas_entretenu sans_entretien
  pt sem_manutenção nunca_atualizado
  de seit_jahren_nicht nie_aktualisiert nicht_gewartet jahre_alt
AGEABLE
  en phone gateway equipment hardware phone_system root_store switchboard
  es centralita equipo teléfono
  fr standard matériel poste
  pt central equipamento ramal
  de anlage telefon gerät
BELOW
  en below within under less_than fewer_than
  es por_debajo dentro_del
  fr en_dessous dans_la_limite
  pt abaixo dentro_do
  de unter unterhalb
NEWER
  en fix_has_been_out fix_is_out is_fixed_in latest_release current_release new_release newer_release
  en corrected_sdk move_to_version update updates upgrade newer_version new_version version_6 told_to_upgrade
  en asked_to_upgrade fixed_sdk asked_twice old_sdk old_version
  es actualización actualizar nueva_versión versión_corregida
  fr mise_à_jour nouvelle_version version_corrigée
  pt atualização atualizar nova_versão versão_corrigida
  de korrigierte_sdk neue_version neuere_version update aktualisierung korrigierte_version
STAYS
  en prefers_to_stay prefer_to_stay stay_on stays_on staying_on keeps_the_old decided_not_to will_not_do
  en not_do_it won't_do_it freeze_on does_not_want_to_take not_want_to_take will_not_take refuses_to_take
  en declined_to no_plans_to prefers_not prefer_not do_not_intend does_not_intend not_before hold_off put_it_off
  en not_until
  es preferimos_quedarnos seguimos_con_la no_vamos_a decidimos_no
  fr préférons_rester restons_sur ne_comptons_pas décidé_de_ne_pas
  pt preferimos_ficar continuamos_na não_vamos decidimos_não
  de bleiben_bei bleiben_aber_vorerst vorerst_bei bei_der_alten nicht_umsteigen nicht_vor
"""
