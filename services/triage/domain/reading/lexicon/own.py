"""The customer's own things: what they are, what they do, that they were changed, and that it is gone without them.

No word of these excludes anything by itself.
"""

WORDS = """
TRIED
  en tried tested checked i_have_tried we_have_tried tried_it_with swapped_the
  es probado probamos hemos_probado intentado
  fr essayé testé avons_essayé
  pt tentei testamos tentamos já_tentamos
  de probiert ausprobiert getestet versucht
CERTIFICATE
  en certificate certificates
  es certificado
  fr certificat
  pt certificado
  de zertifikat
CHANGE
  en switched_on switched_off turned_on enabled introduced installed activated change changed changes update updated
  en upgrading updating migrating installing replacing reinstalling swapping newer
  en upgrade upgraded migration migrated moved replaced tightened reconfigured rotated renewed switched swapped touched
  en rule_change maintenance_of_our reboot patched hardened refactoring refactored rewrote new_rule new_rules new_policy
  en rollout move_to moving_to switching_to
  es instaló instalamos activó activamos introdujo cambio cambiamos cambió cambiado actualizamos actualizó migración
  es migramos sustituimos reemplazado tocado
  fr remplacement
  fr installé activé introduit changement changé modifié migration migré remplacé touché bascule
  pt troca substituição
  pt instalou instalamos ativou ativamos mudança mudamos mudou alteramos atualizamos migração migramos trocamos trocado
  pt mexemos
  de wechsel umstieg tausch
  de eingeschaltet eingeführt aktiviert installiert änderung geändert umstellung umgestellt umzug umgezogen ausgetauscht
  de gewechselt erneuert angefasst verschärft
AFTER
  en after since ever_since following right_after as_soon_as
  es tras después_de desde
  fr après depuis
  pt após depois_de desde
  de nach seit nachdem
BEHIND
  en behind inside through via from_within
ALTERS
  en rewrites rewrote strips
  en stripped mangles mangled overwrites caches cached hands_my hands_our builds_it swallows swallowed never_forwards
  en does_not_forward not_forward does_not_pass not_pass_on has_no_rule no_rule_for re-encodes reencodes truncates_the
  en parses_the re-serialises re-serializes reserializes loses_packets runs_out_of escapes_the double-encodes
  en injects appends prepends rewriting stripping caching decodes resets times_out_the answered_slowly answers_too_late
  en sends_plain sends_the_wrong sends_an_empty dropped_privileges reuses reused leaks leaked misroutes misrouted
  en mis-parsed sorts_the intercepts discards discarded never_acks
  es reescribe elimina recorta cachea pierde_los_paquetes pierde_paquetes
  fr réécrit supprime tronque perd_les_paquets perd_des_paquets met_en_cache
  pt reescreve remove corta_o perde_pacotes perde_os_pacotes
  de schreibt_um entfernt verschluckt verwirft verliert_pakete zwischengespeichert
  en closes closed kills killed terminates cuts delays queues expires_the encoded sent_the_wrong points_at_the_old
  es cierra cerraba corta cortaba pierde filtra filtraba retiene modifica
  fr ferme fermait coupe perd retarde modifie filtre
  pt fecha fechava corta perde retém modifica filtra
  de schließt schneidet trennt kappt löscht verliert verzögert verändert filtert
INSTEAD
  en instead_of rather_than
  es en_lugar_de en_vez_de
  fr au_lieu_de
  pt em_vez_de ao_invés_de
  de anstatt statt
REVEALED
  en it_turned_out it_turns_out turned_out turns_out it_was_that was_because_i was_because_we my_mistake our_mistake
  es resultó resultó_que resulta_que
  fr il_s'avère s'est_avéré
  pt descobrimos_que descobriu
  de stellte_sich_heraus
OPENS
  en opened open released allow allowed unblocked whitelisted
  es abierto abrió permitido
  fr ouvert autorisé
  pt aberto liberado liberou
  de freigegeben geöffnet freigeschaltet
LOCALHOST
  xx localhost 127.0.0.1
  es ip_privada dirección_privada
  fr adresse_privée adresses_privées ip_privée
  pt ip_privado endereço_privado
  de privaten_adressen private_adressen private_adresse privaten_adresse private_ip interne_adresse
  en private_ip private_address internal_ip not_publicly_reachable not_reachable_from_outside
CURES
  es a_mano poniéndolo quitándolo al_abrir al_quitar al_desactivar al_reiniciar al_añadir tras_abrir tras_quitar
  es tras_desactivar quitando
  fr à_la_main en_désactivant en_ajoutant en_retirant en_ouvrant après_avoir_ouvert après_avoir_ajouté
  fr après_avoir_retiré
  pt à_mão ao_abrir ao_remover ao_desativar ao_reiniciar ao_adicionar depois_de_abrir depois_de_remover
  de von_hand nach_dem_öffnen nach_dem_abschalten nach_dem_entfernen nach_einem_neustart_unseres nachdem_wir
  en after_adding after_removing after_opening after_disabling after_enabling after_restarting after_rebooting
  en after_fixing after_correcting after_replacing after_switching_off after_turning_off after_whitelisting
  en after_allowing after_rolling after_reverting after_updating after_upgrading after_increasing after_raising
  en hard-coding hardcoding adding removing disabling restarting_them restarting_it turning_it_off turning_off
  en switching_it_off rolling_back rolled_back reverting reverted whitelisting allowlisting once_we_opened once_we_added
  en once_i_added once_we_removed once_i_removed once_we_disabled once_i_disabled once_we_fixed once_i_fixed
  en when_i_disable when_we_disable when_i_remove if_i_remove if_i_disable if_we_disable by_hand opening_the_port
  en unplugging replacing_it swapping_it clearing_the_cache restarting_our bumping raising_the
OLDONE
  en the_old_host the_old_hosts old_hosts old_host the_old_urls the_old_endpoint the_old_server the_old_one
  en the_old_token the_old_key the_old_certificate the_old_config the_old_url the_old_secret the_old_credentials
  en the_old_address an_old_token old_password the_previous_token stale_config stale_token the_old_password the_old_ip
  en wrong_env stale_cache the_old_settings
ADMITS
  en our_fault my_fault our_mistake my_mistake guilty our_bad my_bad mea_culpa we_broke i_broke we_messed_up
  en our_own_fault
  es culpa_nuestra error_nuestro culpa_mía
  fr notre_faute ma_faute notre_erreur
  pt culpa_nossa erro_nosso
  de unser_fehler mein_fehler selbst_schuld unsere_schuld
OWNTEAM
  en our_it our_network_department network_department our_network_team our_it_department our_admin our_admins
  en our_security_team security_department our_sysadmin our_ops_team it_department
  es nuestro_equipo_de_redes departamento_de_redes nuestro_departamento_de_sistemas
  fr notre_service_informatique notre_dsi équipe_réseau service_réseau
  pt nossa_equipe_de_redes nosso_ti departamento_de_ti
  de unsere_netzabteilung netzabteilung unsere_it it-abteilung unser_admin
OURSIDE
  en our_side our_end my_side my_end our_fault my_fault our_own_fault our_mistake my_mistake our_bad my_bad on_us
  en their_own_side own_side own_end
  es nuestro_lado nuestra_parte culpa_nuestra nuestro_error error_nuestro
  fr notre_côté notre_faute notre_erreur chez_nous
  pt nosso_lado nossa_parte culpa_nossa nosso_erro erro_nosso
  de unserer_seite unser_fehler eigener_fehler bei_uns_selbst
FOUND
  en it_turned_out it_turns_out turned_out turns_out found_that it_was_found cause_was reason_was root_cause noticed
  en i_see i_can_see looks_as_if looks_like we_found i_found found_out shows_that trace_shows log_shows pcap_shows
  en capture_shows as_its_log_shows it_seems apparently i_think_i_see realised realized discovered narrowed_it traced_it
  en tracked_it debugging_shows culprit
  es vemos_que encontramos parece_que hemos_visto resultó resultó_que resulta_que
  fr nous_avons_trouvé on_voit il_semble il_s'avère s'est_avéré
  pt vimos_que encontramos parece_que descobrimos_que descobriu
  de festgestellt herausgefunden gefunden sieht_so_aus stellte_sich_heraus
OWNED
  en self-written selfwritten home-made home-grown hand-rolled own self-hosted self-made in-house homegrown reporter's
  en customer's
  fr fait_maison propre propres
  es hecho_en_casa propio propia propios propias
  de selbst_geschriebenen selbstgeschriebenen selbst_geschrieben selbstgebauten selbst_gebauten eigen eigene eigenen
  de eigener eigenes eigenem
  pt próprio própria próprios próprias
NET
  en alg sip_alg application_layer_gateway speedport fritzbox fritz!box draytek mikrotik ubiquiti tunnel kamailio
  en opensips sbc api_gateway bastion subnet security_group security_groups dns_server resolver fortigate palo_alto
  en sophos pfsense zscaler haproxy traefik envoy caddy egress iptables network_team acl waf reverse_proxy nginx ingress
  en firewall firewalls router routers proxy vpn wi-fi wifi dns nat lan antivirus switch modem corporate_network
  en office_network own_network company_network load_balancer ad_blocker internet_connection hotspot
  xx firewall router proxy vpn wifi fritzbox fritz!box speedport mikrotik draytek fortigate sophos pfsense haproxy
  xx kamailio opensips nginx
  es cortafuegos enrutador red_interna nuestra_red conexión_de_la_oficina
  fr pare-feu routeur réseau_interne notre_réseau box
  pt roteador rede_interna nossa_rede
  de firewall router wlan unser_netz firmennetz netzwerk
KIT
  fr extension antipub bloqueur standard casque micro serveur mot_de_passe ordinateur disque certificat domaine
  es extensión bloqueador centralita auriculares micrófono servidor contraseña ordenador disco certificado dominio
  pt extensão bloqueador central servidor microfone senha computador disco certificado domínio
  de erweiterung werbeblocker adblocker telefonanlage headset mikrofon server passwort rechner webserver festplatte
  de zertifikat domain
  en container docker kubernetes cluster vm virtual_machine freeswitch redis rabbitmq message_broker headset's earpiece
  en usb_headset power_supply ups raid antivirus_program cdn server_clock system_clock pbx headset headsets microphone
  en laptop workstation desk_phone desk_phones softphone password server web_server own_server extension browser
  en computer pc machine hardware credentials firmware disk handset modem ata asterisk freepbx 3cx cpu database
  en sound_card audio_device audio_driver camera_driver driver webcam
  en softswitch sip_server sip_client dial_plan cable mobile_phone phone_settings certificate domain
  xx pbx asterisk freepbx freeswitch 3cx docker kubernetes softswitch
SOFT
  en middleware parser orm framework env workers autoscaler lambda function_app endpoint_handler webhook_handler
  en base_url config_file secrets_manager pipeline microservice thread_pool connection_pool queue_worker task_queue code
  en app application release deploy deployed deployment script integration update crm backend website config
  en configuration settings job cron release_of plugin version bot handler listener worker cache client_code
  en change_on_our_side library_usage migration rollout settings_page environment_variable
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
  en eats ate swallows needs_7 too_slow cuts cut terminates worn defective block blocks blocked blocking bug bugs
  en mistake mistyped misconfigured misconfiguration muted overloaded rewrites changes modifies alters strips typo
  en faulty broken reboots reboot rebooted crash out_of_disk full ran_out exhausted closes drops prevented kept
  en blocking_the wrong deny denied unplugged disabled fault restarts wrong_prefix rolling_back rolled_back rolling_the
  en reverting reverted removing disabling off_by_mistake forgotten sends_an_empty down hang interferes interfered
  en after_opening opening_it full_disk was_down ran_out_of muting turned_off switched_off filters crashed whitelisting
  en not_let not_allow lets_no won't_let
  en allowlisting intercepted overwrote overwritten timezone_wrong drop dropping closed
  es culpa cambia altera bloquea bloqueaba bloqueó bloquean bug errónea mal_configurado mal_configurada saturada
  es saturado fallo error equivocada al_abrirlo lleno llena apagado
  fr faute modifie bloque bloquait bloquaient bogue bug mal_configuré mal_configurée saturé saturée erreur erroné plein
  fr pleine éteint
  pt culpa altera muda bloqueia bloqueava bloqueou bug errada mal_configurado mal_configurada saturada lotado cheio
  pt desligado erro
  de schuld verändert ändert kappt gesperrt sperrt_aus blockiert blockierte sperrt fehler falsch_konfiguriert
  de falsch_eingestellt überlastet voll abgestürzt bug vertippt ausgeschaltet
DEPLOYED
  en deployed released updated upgraded migrated reinstalled rewrote refactored latest_release own_release own_update
  en own_deploy deploy new_release our_release our_deploy last_release our_update rolled_out own_upgrade
  es desplegamos desplegó actualizamos actualizó migramos
  fr déployé mis_à_jour migré
  pt implantamos atualizamos atualizou migramos
  de ausgerollt eingespielt aktualisiert umgestellt
WITHOUTIT
  fr en_navigation_privée le_même_code les_mêmes_identifiants sans_le_proxy sans_le_vpn depuis_un_autre_réseau
  fr hors_du_bureau sans_lui
  es en_modo_incógnito en_incógnito el_mismo_código las_mismas_credenciales sin_el_proxy sin_la_vpn desde_otra_red
  es desde_casa fuera_de_la_oficina al_abrirlo sin_ella
  pt em_janela_anônima o_mesmo_código as_mesmas_credenciais sem_o_proxy sem_a_vpn de_outra_rede fora_do_escritório
  pt sem_ela
  de im_privaten_fenster derselbe_code dieselben_zugangsdaten heimnetz im_heimnetz ohne_den_proxy ohne_vpn
  de aus_einem_anderen_netz zu_hause außerhalb_des_büros ohne_sie ohne_es
  en same_code same_credentials same_app same_config same_script same_request same_shop same_machine same_settings
  en in_between straight_away_from with_a_different_router with_another_router with_another_headset outside_of_it
  en outside_it bypassing_it bypassing_the without_the_vpn without_the_proxy directly_to_you before_the_firewall
  en without_the_firewall next_to_it on_another_network from_another_network from_a_hotspot on_a_hotspot over_a_hotspot
  en mobile_hotspot on_4g over_4g on_lte plugged_in from_home working_from_home on_an_ordinary incognito
  en in_a_private_window with_the_extension_off on_another_machine on_another_computer on_another_laptop
  en from_another_machine other_laptop different_network outside_the_office outside_the_vpn off_the_vpn with_it_off
  en without_it after_opening at_home on_other_networks after_disabling after_removing on_mobile_data
STALE
  en expired ran_out outdated end_of_life end-of-life unpatched out_of_date not_been_updated not_renewed no_firmware
  en not_maintained unmaintained obsolete never_updated neglected lapsed has_not_been_updated years_old old_firmware
  en not_been_renewed not_been_maintained antiquated expires_on not_patched
  es caducado caducó caducada vencido vencida venció obsoleto obsoleta desactualizado sin_actualizar
  fr expiré expirée obsolète périmé pas_été_mis_à_jour pas_renouvelé
  pt expirado expirou vencido venceu obsoleto desatualizado sem_atualização
  de abgelaufen veraltet veraltete nicht_erneuert nicht_gewartet nicht_aktualisiert
"""
