"""What a whole story takes: which version began it, what works without it, what reached the customer's side, what was
missing, shared, too big or too early, and how it was reproduced.

No word of these excludes anything by itself.
"""

WORDS = """
OLDVER
  en old_version previous_version older_version earlier_version last_version version_before the_one_before old_firmware
  en previous_release release_before older_release previous_firmware old_router old_pbx previous_build earlier_release
  en downgrading downgraded downgrade after_downgrading rolling_back rolled_back going_back the_predecessor
  es versión_anterior router_viejo versión_vieja firmware_anterior versiones_anteriores
  fr ancienne_version version_précédente ancien_routeur ancien_firmware version_d'avant
  pt versão_anterior versão_antiga roteador_antigo firmware_anterior
  de alte_box alten_box alte_anlage alten_anlage alte_gerät
  de alten_version alte_version vorherigen_version vorversion alten_firmware alte_firmware älteren_version alten_router
NEWVER
  en release releases version versions update updates upgrade upgrades build package firmware upgrading updating
  en migrating newer patch
  es versión versiones actualización actualizar actualizamos paquete
  fr version versions mise_à_jour paquet mettre_à_jour mis_à_jour
  pt versão versões atualização atualizar atualizamos pacote
  de version versionen update aktualisierung paket firmware umstieg
BEGAN
  en began begins started starts appeared appears came_with comes_with broke_with introduced
  es empezó comenzó empezaron apareció
  fr commencé apparu débuté
  pt começou começaram surgiu
  de begann begonnen angefangen aufgetreten
PROGRAM
  en software firmware package gateway_package distribution image helpline_software softphone_app phone_software
  es programa paquete firmware
  fr logiciel paquet
  pt programa pacote
  de software programm paket firmware
SAMESERVICE
  en same_trunk same_sip same_account same_number same_line same_credentials same_provider same_registration
  en same_api_key same_subaccount
  es misma_troncal misma_línea mismo_número misma_cuenta mismas_credenciales
  fr même_trunk même_ligne même_numéro même_compte mêmes_identifiants
  pt mesmo_tronco mesma_linha mesmo_número mesma_conta mesmas_credenciais
  de selben_trunk gleichen_trunk derselben_leitung selben_zugangsdaten gleichen_zugangsdaten selben_konto
DIRECTLY
  en directly direct_connection connected_straight bypassing bypassed
  es directamente
  fr directement
  pt diretamente
  de direkt
REACHES
  en reach reaches reached arrive arrives arrived hit hits get_to gets_to delivered_to received_by lands_on lands_in
  en handed_to come_in_at comes_in_at sent_to
  es llega llegan llegó entra_en
  fr arrive arrivent atteint parvient
  pt chega chegam chegou
  de erreicht erreichen kommt kommen trifft
HOOK
  en webhook webhooks callback callback_url endpoint url listener handler app backend application
  es webhook aplicación url
  fr webhook application url
  pt webhook aplicação url
  de webhook anwendung url
HOOKCODE
  xx 11200 11205 11206 11210 11215 11220 11235 11236 11237 11750 11751 11770 15003
  en retrieval_failure retrieval_failures http_connection_failure http_retrieval
BROWSER
  xx chromium chrome safari firefox webkit webview gecko edge opera ios android macos
KNOWNBUG
  en because because_of filed known comes_from caused_by due_to open_bug reported_bug tracked upstream_bug
  en bug_report bugzilla crbug
  es conocido reportado debido_a
  fr connu signalé dû_à
  pt conhecido reportado devido_a
  de bekannter bekannten gemeldet wegen
FINDING
  en analysis answered_that replied_that says_that said_that explained_that explains_that found_that finding traced
  en tells_us_that told_us_that writes_that wrote_that concluded investigation confirms_that
  es análisis respondió_que dice_que explicó_que
  fr analyse répondu_que dit_que expliqué_que
  pt análise respondeu_que disse_que explicou_que
  de analyse antwortete_dass sagt_dass schreibt_dass
STREAM
  en client client's stream audio_stream
  es cliente flujo
  fr client flux
  pt cliente fluxo
  de client datenstrom
JITTER
  en jitter packet_loss lost_packets packets loss
  es jitter pérdida paquetes
  fr gigue perte paquets
  pt jitter perda pacotes
  de jitter paketverlust pakete
LAPSED
  en expired lapsed ran_out not_renewed not_been_renewed
  es caducado caducó caducada vencido vencida venció
  fr expiré expirée périmé
  pt expirado expirou vencido venceu
  de abgelaufen nicht_erneuert
SUPPORT
  en support helpdesk technician technicians engineers engineer
  es soporte técnico
  fr support technicien
  pt suporte técnico
  de support techniker
NEGLECTED
  en restarted rebooted noticed repaired cleaned
  es reiniciado reparado
  fr redémarré réparé
  pt reiniciado consertado
  de neugestartet bemerkt repariert
WORKEDB4
  en worked_before before_it_worked before_that_it_worked used_to_work worked_until until_then had_worked
  es antes_funcionaba funcionaba_antes hasta_entonces
  fr marchait_avant avant_ça_marchait jusque-là
  pt antes_funcionava funcionava_antes até_então
  de vorher_ging lief_vorher bis_dahin zuvor_lief
BECAUSEOUR
  en because_our because_my because_of_our because_of_my due_to_our due_to_my caused_by_our caused_by_my
  es porque_nuestro porque_nuestra debido_a_nuestro debido_a_nuestra por_culpa_de_nuestro por_culpa_de_nuestra
  fr parce_que_notre à_cause_de_notre car_notre à_cause_de_nos
  pt porque_nosso porque_nossa porque_o_nosso porque_a_nossa por_causa_do_nosso por_causa_da_nossa
  de weil_unser weil_unsere wegen_unserer wegen_unseres da_unser da_unsere
INCOMPAT
  en no_longer_compatible not_compatible incompatible
  es incompatible no_es_compatible
  fr incompatible plus_compatible
  pt incompatível não_é_compatível
  de inkompatibel nicht_kompatibel nicht_mehr_kompatibel
HANDLES
  en handle process forward pass store save escape encode acknowledge respond listen close release validate render
  en implement unregister
  es procesa gestiona guarda reenvía
  fr traite gère enregistre transmet
  pt processa trata guarda repassa
  de verarbeitet behandelt speichert weiterleitet
FROMWHERE
  en with on from outside without
  es con en desde sin fuera
  fr avec sur depuis sans hors
  pt com em desde sem fora
  de mit auf von aus ohne außerhalb
BELONGS
  en belonged_to_another belongs_to_another of_another_account of_another_application from_another_account
  en from_another_application from_another_project of_another_project of_a_different_account for_another_account
  en belongs_to_a_different
  es de_otra_cuenta de_otra_aplicación
  fr d'un_autre_compte d'une_autre_application
  pt de_outra_conta de_outra_aplicação
  de eines_anderen_kontos einer_anderen_anwendung zu_einem_anderen
INITED
  en initialised initialized init initialisation initialization ready
  es inicializado inicializar
  fr initialisé initialisation
  pt inicializado inicializar
  de initialisiert initialisierung
TOOBIG
  en larger_than bigger_than longer_than too_large too_big heavier_than more_characters_than more_recipients_than
  es más_grande_que mayor_que demasiado_grande
  fr plus_grand_que plus_lourd_que trop_grand trop_lourd
  pt maior_que maior_do_que grande_demais
  de größer_als länger_als zu_groß
PERMITTED
  en allowed permitted limit limits maximum supported
  es permitido permitidos límite máximo
  fr autorisé autorisés limite maximum
  pt permitido permitidos limite máximo
  de erlaubt erlaubten grenze zulässig maximum
WINDOW
  en 24-hour_window 24_hour_window 24h_window customer_care_window service_window session_window hour_window
  es ventana_de_24
  fr fenêtre_de_24
  pt janela_de_24
  de 24-stunden-fenster
SHARED
  en same_identity same_access_token same_client_name same_token one_and_the_same same_client_id
  es misma_identidad mismo_token
  fr même_identité même_jeton
  pt mesma_identidade mesmo_token
  de selbe_identität dieselbe_identität selben_token
PARTS
  en ca_file ca_bundle php.ini .env environment_variable environment_variables config_file configuration_file
  en root_certificate root_certificates native_module host_variable env_variable
  es archivo_de_configuración variable_de_entorno
  fr fichier_de_configuration variable_d'environnement
  pt arquivo_de_configuração variável_de_ambiente
  de konfigurationsdatei umgebungsvariable
REPRODUCES
  en reproduced reproduce reproducible reproduces simulated simulating simulate provoked provoke
  es reproducir reproducido
  fr reproduire reproduit
  pt reproduzir reproduzido
  de nachstellen reproduzieren nachgestellt
BADNET
  en bad_network poor_network slow_network bad_connection slow_connection throttling_the slowing_the slowing_down
  en cutting_the network_link_conditioner cutting_off switching_networks flight_mode airplane_mode weak_network
  en offline unstable_network lossy very_poor_network deliberately_bad
  es mala_red red_mala conexión_lenta
  fr mauvais_réseau réseau_lent
  pt rede_ruim conexão_lenta
  de schlechten_netz langsamen_netz schlechtem_netz
APPLICANT
  en application request number token account campaign sender template profile endpoint trunk
  es aplicación petición número cuenta plantilla
  fr application requête numéro compte modèle
  pt aplicação requisição número conta modelo
  de anwendung anfrage nummer konto vorlage
SELFHOST
  en self-hosted self_hosted selfhosted on-premises on-premise own_installation own_instance own_server own_hosting
  es autoalojado autoalojada
  fr auto-hébergé auto-hébergée autohébergé
  pt auto-hospedado
  de selbst_gehostet selbstgehostet selbst_gehosteten selbstgehosteten eigenen_server eigener_server
FETCHES
  en fetch retrieve download open reach load get_to connect_to
  es abrir descargar alcanzar obtener
  fr ouvrir joindre récupérer atteindre
  pt abrir baixar alcançar obter
  de abrufen öffnen erreichen laden
HANDSHAKE
  en handshake_failure handshake_failed tls_error ssl_error certificate_error connection_refused dns_failure
  en connection_timeout connection_timed_out handshake
  es error_tls conexión_rechazada
  fr erreur_tls connexion_refusée
  pt erro_tls conexão_recusada
  de handshake-fehler verbindung_abgelehnt
CRASHES
  en typeerror keyerror valueerror attributeerror nullpointerexception nullpointer stack_trace traceback fatal_error
  en segfault throws crash crashes crashed exception
  es excepción
  fr exception
  pt exceção
  de ausnahme absturz
PROGRAMMED
  en code script plugin handler job worker module backend function middleware integration
  es código script plugin
  fr code script plugin
  pt código script plugin
  de code skript plugin
PAGE
  en page host site website url
  es página
  fr page site
  pt página
  de seite
NOTOURS
  en not_ours not_our_fault not_on_our_side not_at_our_end
  es no_es_nuestro no_es_nuestra no_está_en_nuestro
  fr n'est_pas_le_nôtre pas_de_notre_côté pas_chez_nous
  pt não_é_nosso não_é_nossa não_está_do_nosso
  de nicht_bei_uns nicht_unser nicht_unsere nicht_auf_unserer
FORMER
  en old former previous outdated earlier stale
  es antiguo antigua antiguos viejo vieja viejos anterior anteriores
  fr ancien ancienne anciens anciennes précédent
  pt antigo antiga antigos velho velha
  de alten alte alter altes vorherigen
CONFIGS
  en setting settings config configuration configured variable
  es configuración ajuste ajustes variable
  fr configuration réglage réglages variable
  pt configuração ajuste variável
  de konfiguration einstellung einstellungen
ERRS
  en wrong incorrect misconfigured mistaken faulty lacks lacked
  es incorrecto incorrecta equivocado equivocada errónea erróneo
  fr mauvais mauvaise incorrect incorrecte erroné erronée faux
  pt errado errada incorreto incorreta
  de falsch falsche fehlerhaft
NOTUP
  en not_loaded not_deployed not_running not_started not_up not_active not_enabled_on not_listening
  es no_estaba_cargado no_estaba_en_marcha
  fr n'était_pas_chargé n'était_pas_démarré
  pt não_estava_carregado não_estava_rodando
  de nicht_geladen nicht_gestartet lief_nicht
BADCODE
  xx 21211 21212 21214 21217 21401 21421 21614 21617 21619 21606 132000 132001 132005 132012
VARIOUS
  en different various several multiple three four
  es diferentes distintos varios
  fr différents plusieurs
  pt diferentes vários
  de verschiedenen verschiedene mehreren mehrere
"""
