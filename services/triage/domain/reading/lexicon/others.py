"""Whose doing it is said to be, where it is nobody's here: the internet, nature, carriers, third parties.

No word of these excludes anything by itself.
"""

WORDS = """
UNSUPPORTED
  en does_not_support not_support
  en unsupported not_supported not_compatible
  es no_compatible no_soportado
  fr non_pris_en_charge non_supporté pas_pris_en_charge
  pt não_suportado não_compatível
  de nicht_unterstützt nicht_unterstützten nicht_unterstützter
NETWORKS
  en network networks subscribers subscriber
  es abonados red_de
  fr abonnés réseau
  pt assinantes rede_da
  de netz netze
SUSPECTS
  en suspect suspects suspected guess assume could_be might_be possibly perhaps
  es sospecho sospechamos quizás
  fr soupçonne soupçonnons peut-être
  pt suspeito suspeitamos talvez
  de vermute vermuten verdacht
INDICATES
  en because since due_to points_at points_to according_to investigation problem_at likely caused suspect suspects
  en traced_to linked_to comes_from
  es porque debido_a según apunta_a
  fr parce_que à_cause_de selon dû_à
  pt porque devido_a segundo aponta_para
  de weil wegen laut deutet_auf liegt_an
MOVES
  en must_be_migrated going_to_change change_its changes_its must_migrate goes_away has_to_be_migrated be_migrated
  en must_be_moved end_of_life must_move be_moved breaking_changes breaking_change template_api new_template migration
  en migrate retires retire retired deprecates deprecated sunset before_june before_november new_policy policy_change
  en business_account template_endpoint rejected_the_template promotional approval approved restricted
  es migrar migración retira
  fr migrer migration retire
  pt migrar migração
  de umstellung abschaltung umstellen
UNDELIVERED
  en not_get not_getting undelivered undeliverable not_delivered delivery_error delivery_failed delivery_failure
  en never_arrive not_arrive not_received not_reaching never_arrives not_receive do_not_arrive not_deliver get_nothing
  en gets_nothing never_reach not_reach
  es no_entregado no_entregados no_llegan no_se_entregan
  fr non_livré non_livrés n'arrivent_pas non_distribués
  pt não_entregue não_entregues não_chegam
  de nicht_zugestellt kommen_nicht_an unzustellbar
FILTERED
  en filtered filter filters filtering as_spam spam containing_urls containing_links with_links a_link
  es filtra filtran filtrados spam
  fr filtre filtrent filtrés spam
  pt filtra filtram filtrados spam
  de filtert gefiltert filtern spam
PACKETS
  en packets packet loss_in
  es paquetes
  fr paquets
  pt pacotes
  de pakete paketen
OTHERLINE
  en different_isp another_isp different_line another_line other_isp second_isp different_provider_too
  en other_networks_too
  es otro_proveedor_de_internet
  fr autre_fournisseur
  pt outro_provedor
  de anderen_provider anderer_provider
LINE
  en office_line their_line internet_line dsl fibre fiber broadband leased_line line_test provider_of_the_line uplink
  en their_provider's their_provider provider_of_that_line access_provider cable_provider last_mile satellite
  es fibra adsl línea_de_la_oficina
  fr fibre adsl ligne_du_bureau
  pt fibra adsl linha_do_escritório
  de dsl glasfaser anschluss leitung_des_büros
INTERNET
  en cut_the_fibre cut_the_fiber fibre_in_front fiber_in_front excavator digger loses_packets lost_packets
  en losing_packets dropped_packets loss_in_the_evening line_loss 4g_signal weak_signal poor_wifi weak_wifi
  en line_provider's their_provider's_line isp internet_provider internet_service_provider backbone packet_loss bgp
  en peering transit bad_network poor_network hotel_network undersea_cable cut_cable internet_outage
  en internet_disturbance slow_connection bad_connection weak_connection poor_connection poor_connectivity
  de internetknoten austauschknoten
  es punto_neutro punto_de_intercambio
  fr point_d'échange nœud_d'échange
  pt ponto_de_troca
  en internet_exchange fibre_cut fiber_cut flaky_network low_bandwidth mobile_data internet_provider_of
  en regional_internet poor_signal bad_connectivity limited_bandwidth network_link congested_network no_connectivity
  en route_leak
  es excavadora pierde_paquetes pérdidas_de_paquetes fibra_cortada proveedor_de_internet pérdida_de_paquetes
  es mala_conexión corte_de_fibra caída_de_internet
  fr pelleteuse perd_des_paquets pertes_de_paquets fibre_coupée fournisseur_d'accès fournisseur_internet
  fr perte_de_paquets mauvaise_connexion coupure_de_fibre panne_internet
  pt escavadeira perde_pacotes perdas_de_pacotes fibra_rompida provedor_de_internet perda_de_pacotes conexão_ruim
  pt rompimento_de_fibra queda_da_internet
  de bagger verliert_pakete paketverluste glasfaser_durchtrennt internetanbieter internetprovider paketverlust
  de schlechte_verbindung leitungsschaden glasfaserschaden internetstörung
REQS
  en compatibility_notice compatibility_matrix compatibility_table minimum_version supported_versions older_are_not
  en are_not_compatible no_longer_supported unsupported_browser internet_explorer ie11 node_8 below_the_minimum too_old
  en not_among_the_supported system_requirements needs_node requires_at_least older_than outdated_browser
  en minimum_requirement unsupported_version end-of-life_browser old_browser
  es navegador_no_compatible requisitos_del_sistema
  fr configuration_requise
  pt requisitos_do_sistema
  de systemvoraussetzungen zu_alt
SUPPORTS
  en browser browsers version os node operating_system php python java device runtime page
  es navegador versión sistema
  fr navigateur version système
  pt navegador versão sistema
  de browser version betriebssystem
MAJEURE
  en fighting hostilities civil_war coup uprising bombing shelling
  en typhoons monsoon avalanche mudslide heatwave snowstorm ice_storm power_lines cell_towers masts eruption hurricane
  en earthquake flood flooded flooding storm tornado typhoon pandemic war terror terrorist wildfire wildfires power_cut
  en power_outage strike tsunami volcano landslide blizzard lightning cyclone riot riots blackout_in_the
  en government_shutdown curfew martial_law epidemic natural_disaster grid_failure
  es tifón inundada inundado inundados temporal erupción terremotos dana nevada huracán terremoto inundación
  es inundaciones tormenta guerra pandemia apagón incendio incendios huelga
  fr typhon inondé inondée éruption cyclone crue ouragan séisme inondation inondations tempête guerre pandémie grève
  fr incendie coupure_de_courant tremblement_de_terre
  pt tufão inundada inundado ciclone erupção temporal furacão terremoto inundação inundações enchente enchentes
  pt tempestade guerra pandemia apagão greve incêndio
  de taifun lawine vulkan überschwemmt unwetter zyklon schneesturm mobilfunkmasten strom hurrikan orkan erdbeben
  de hochwasser überschwemmung sturm krieg pandemie stromausfall streik waldbrand
BLAME
  en whatsapp's_side meta's_side google's_side apple's_side carrier's_side
  en operator's_side went_wrong status_is_red disruption wide_failure nationwide pending_at confirmed confirms confirm
  en admitted admits acknowledged acknowledges fault faults outage incident incidents disturbance broken filter filters
  en filtered filtering routing_fault reject rejects rejected rejecting blocks blocked blocking restricted restricts
  en not_delivering maintenance failure blames down their_side lists retires retired rate_limits suspended suspends
  en banned disabled policy turned_down declined throttles throttling throttled unreachable refuses refusing dropped
  en drops ended ends deprecates turned_off new_requirement their_end degraded trouble problem problems issues withdrew
  en defect known_bug known_issue known_problem limitation
  en flags flagged labels classifies marks_as
  en withdrawn paused discard discards discarded swallow swallows suppress suppresses suppressed
  es confirma confirmó confirmado reconoce reconoció avería fallo filtra filtran rechaza rechazan bloquea incidencia
  es caída mantenimiento suspendió restringió limita rechazó bloqueó filtró pausó limitó desactivó
  fr confirme confirmé reconnaît panne incident filtre filtrent rejette rejettent bloque maintenance suspendu limite
  fr rejeté rejetée bloqué filtré restreint désactivé
  pt confirma confirmou reconhece reconheceu falha filtra filtram rejeita rejeitam bloqueia incidente manutenção queda
  pt suspendeu restringiu limita rejeitou bloqueou filtrou pausou limitou desativou
  de bestätigt bestätigte störung gestört filtert filtern blockiert eingeräumt ausfall wartung räumt_ein gesperrt
  de drosselt lehnt_ab abgelehnt pausiert eingeschränkt deaktiviert
CLEARS
  en above_the_minimum meets_the well-formed less_than below_the_limit within_the_limit under_the_limit
  en below_the_documented no_fault no_outage no_incident alike no_problem denies denied ruled_out rules_out excludes
  en all_carriers all_networks every_carrier any_carrier whatever_the_operator all_operators every_network not_the_cause
  en not_our works_fine is_fine correct ruled-out checked_and_fine every_operator all_providers not_related
  es descarta todos_los_operadores todas_las_operadoras
  fr exclut tous_les_opérateurs
  pt descarta todas_as_operadoras
  de keine_störung alle_netze alle_anbieter schließt_aus
RECEIPT
  en said_to_be_delivered marked_delivered reported_delivered as_delivered shows_delivered says_delivered
  en calls_them_delivered delivered_in log_calls status_delivered delivered_status reported_as_delivered
  en shown_as_delivered marked_as_delivered delivered_according delivered_for_every log_shows_delivered reads_delivered
  en say_delivered show_delivered status_is_delivered is_delivered_according are_delivered_according report_delivered
  en reports_delivered shows_as_delivered show_as_delivered log_says_delivered
  en dashboard_says_delivered delivery_receipt_says even_reported_as_delivered calls_it_delivered
  en listed_as_delivered
  es como_entregado como_entregados como_entregada figura_entregado figuran_entregados
  fr comme_livré comme_livrés comme_délivré marqués_livrés statut_livré
  pt como_entregue como_entregues consta_entregue
  de als_zugestellt status_zugestellt zugestellt_markiert
LANDLINE
  en google_voice voip_number voip_numbers virtual_number virtual_numbers
  en landline landlines fixed-line fixed-lines fixed_line mvno number_portability_lookup roaming
  es fijo fijos línea_fija
  fr ligne_fixe fixes fixe
  pt telefone_fixo fixo
  de festnetz festnetznummer festnetznummern
NETCODE
  xx 30003 30005 30006 30007 30008
  en not_a_mobile_number unreachable_handset unknown_destination handset_unreachable unreachable_destination
  en switched-off_handset absent_subscriber inbox_full carrier_violation unknown_subscriber
REGISTER
  en do-not-call do_not_call dnc do_not_disturb do-not-disturb dnd ndnc blocking_list anti-spam_register
  es lista_robinson registro_de_exclusión no_molestar
  fr bloctel liste_d'opposition ne_pas_déranger
  pt não_perturbe não_me_perturbe lista_de_bloqueio
  de robinsonliste sperrliste
NETNAME
  en virtual_operator virtual_operators mobile_provider mobile_providers phone_company phone_companies mobile_company
  en cell_provider cellular_network cell_network wireless_provider phone_network phone_networks host_network vi_india
  es compañía_móvil compañía_telefónica compañías_móviles telefónica_móvil red_móvil redes_móviles
  fr réseau_mobile réseaux_mobiles opérateur_virtuel
  pt rede_móvel redes_móveis companhia_telefônica
  de mobilfunker mobilfunknetze mobilfunkbetreiber mobilfunkprovider netzanbieter mobilfunknetzes
ANOTHERONE
  en another a_second second_operator second_carrier second_network second_provider different_operator
  en different_carrier different_network
  es segundo_operador segunda_operadora
  fr deuxième_opérateur second_opérateur
  pt segunda_operadora
  de zweiten_netz zweiter_anbieter zweiten_anbieter
RISKS
  en risk risks risking or_else in_danger otherwise_they
  es riesgo arriesgamos
  fr risque risquons risquent
  pt risco arriscamos
  de riskieren droht drohen gefahr
THEIRSIDE
  en their_side its_side his_side their_end its_end their_network its_network his_network their_switch its_own_network
  en their_own_network carrier's_network operator's_network carrier's_side operator's_side on_them theirs
  es su_red su_lado suyo suya
  fr son_réseau leur_réseau leur_côté son_côté chez_eux chez_lui
  pt rede_dela rede_dele sua_rede lado_dela lado_dele lado_deles rede_deles
  de ihrem_netz deren_netz dessen_netz ihrer_seite deren_seite bei_ihnen seinem_netz eigenen_netz
ACQUITS
  en no_fault no_faults no_outage no_outages no_incident no_incidents nothing_wrong not_at_fault ruled_out rules_out
  en ruled-out not_the_cause not_related not_to_blame no_problem no_problems no_issue no_issues is_healthy all_green
  en is_green
  es descarta descartó descartan sin_incidencias ninguna_incidencia ninguna_avería sin_problemas sin_novedad
  fr exclut exclu aucun_incident aucune_panne hors_de_cause rien_à_signaler aucun_souci aucun_problème
  pt descarta descartou nenhuma_falha nenhum_incidente sem_falhas sem_problemas sem_falha
  de schließt_eine_störung schließt_einen_fehler schließt_einen_ausfall
  de keine_störung keinen_ausfall keine_probleme ausgeschlossen schließt_aus unauffällig
GOT
  en got get gets received receive receives saw see sees seen reached reach arrived arrive handed
  es recibió recibido recibe llegó llegado ha_visto vio
  fr reçu reçoit vu
  pt recebeu recebido chegou viu
  de erhalten bekommen gesehen angekommen
RULED
  en limits limited limit frequency_cap experiment holdout quality_rating low_quality messaging_limit messaging_tier
  en violation violations restriction restrictions restricted banned bans ban paused pauses disabled blocked policy
  en template_category healthy_ecosystem withholds withheld throttles throttled rejected rejects suspended revoked
  en pushes_rejected business_verification review spam_report
  es límite limita limitó experimento política restringió suspendió suspendida pausó pausada vetado bloqueó rechazó
  es rechazada desactivó
  fr limite limité expérience politique restreint suspendu suspendue mise_en_pause banni bloqué rejeté rejetée refusé
  fr désactivé
  pt limita limitou experimento política restringiu suspendeu suspensa pausou pausada banido bloqueou rejeitou rejeitada
  pt desativou
  de begrenzt drosselt gesperrt pausiert richtlinie experiment eingeschränkt abgelehnt verboten deaktiviert
GCODE
  xx 131026 131049 130472 131048 131031 131042 131056 131057 131016 131050 132015 132016 63041 63049 63032 63040
ONPHONE
  en phone phones handset handsets recipient recipients inbox
  es teléfono teléfonos móvil móviles celular destinatario
  fr téléphone téléphones portable destinataire
  pt telefone telefones celular destinatário
  de telefon handy handys gerät empfänger
NETNOUN
  en isp internet_provider internet_service_provider backbone bgp peering transit mobile_data internet_exchange
  en network_link 4g_signal
  es proveedor_de_internet punto_neutro
  fr fournisseur_d'accès fournisseur_internet point_d'échange
  pt provedor_de_internet ponto_de_troca
  de internetanbieter internetprovider internetknoten
ATTACK
  en ddos denial-of-service denial_of_service ransom ransomware cyberattack cyber_attack cyberattacks sabotage
  es ddos denegación_de_servicio ciberataque
  fr ddos déni_de_service cyberattaque
  pt ddos negação_de_serviço ciberataque
  de ddos cyberangriff hackerangriff
GOVERNMENT
  en government government's ministry regulator regulators authorities authority national_rules new_law law decree
  en court regulation regulations sanctions embargo state_censorship censor
  es gobierno ministerio regulador autoridades ley decreto regulación
  fr gouvernement ministère régulateur autorités loi décret réglementation
  pt governo ministério regulador autoridades lei decreto regulamentação
  de regierung ministerium regulierer behörde behörden gesetz verordnung bundesnetzagentur
ORDERS
  en ordered orders blocked blocks banned bans stopped suspended shut forbid forbids forbade forbidden prohibits
  en prohibited cut switched_off throttles throttled prevents disconnected outlawed restricts restricted
  es ordenó bloqueó bloquea prohibió prohíbe suspendió cortó
  fr ordonné bloqué bloque interdit interdisent suspendu coupé
  pt ordenou bloqueou bloqueia proibiu proíbe suspendeu cortou
  de angeordnet gesperrt sperrt verboten untersagt abgeschaltet gestoppt
PROMPT
  en at_once immediately instantly right_away promptly straight_away within_seconds
  es al_instante inmediatamente enseguida
  fr tout_de_suite immédiatement aussitôt
  pt na_hora imediatamente
  de sofort unverzüglich gleich
PASSES
  en send deliver delivers delivering forward pass route hand accept transmit terminate
  es entrega envía reenvía
  fr livre transmet achemine
  pt entrega encaminha repassa
  de zustellt weiterleitet
ANNOUNCES
  en announced announces announcement
"""
