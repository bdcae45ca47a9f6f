"""Where it happens: production, staging, development; and what tells of it without the word."""

WORDS = """
PROD
  en real_operation real_operations in_operation everyday_operation day-to-day_operation live real_users real_customers
  en real_traffic live_system live_platform live_site in_the_field
  es operación_real uso_real en_real entorno_real producción productivo productiva en_vivo clientes_reales
  es usuarios_reales clientes_de_verdad usuarios_de_verdad
  fr exploitation_réelle service_réel production exploitation vrais_clients vrais_utilisateurs
  pt operação_real uso_real produção produtivo em_operação clientes_reais usuários_reais clientes_de_verdade
  pt usuários_de_verdade
  de echten_kunden echte_kunden echten_nutzern echte_nutzer
  de echten_betrieb echter_betrieb echte_betrieb laufenden_betrieb laufender_betrieb produktion produktiv
  de produktivsystem produktivbetrieb produktivumgebung produktionsumgebung produktionssystem echtbetrieb livebetrieb
  de livesystem live wirkbetrieb live-system live-betrieb
  xx production prod
STAGE
  es entorno_previo entorno_de_preproducción entorno_de_calidad en_pruebas de_pruebas de_prueba preproducción
  es entorno_de_pruebas entorno_de_prueba ambiente_de_pruebas cuenta_de_prueba sistema_de_pruebas pre-producción
  es homologación
  fr environnement_de_qualification qualif en_test de_test de_recette préproduction environnement_de_test recette
  fr environnement_de_recette compte_de_test pré-production plateforme_de_test préprod
  pt ambiente_de_homologação ambiente_prévio em_testes em_teste de_teste de_testes homologação pré-produção
  pt ambiente_de_teste ambiente_de_testes conta_de_teste
  de abnahme vorstufe im_test test- testumgebung testsystem teststellung vorproduktion abnahmeumgebung testkonto
  de testinstanz integrationsumgebung testbetrieb testanlage
  en performance_environment perf_environment perf_env load_test_environment load-test_environment
  en integration_environment pre-live prelive test_bench rehearsal stage_box test_tenant test_stack test_environment
  en test_system test_account test_project test_server testing_environment acceptance test_setup production-like
  en non-production nonproduction test_instance staging_environment dress_rehearsal pilot_test test_line
  en pre-production_system stage_environment
  xx testflight
  en test_flight beta_build beta_version internal_build debug_build beta_testers closed_beta
  xx staging stage uat preprod pre-production preproduction pre-prod qa sandbox
DEVEL
  xx localhost dev
  en development develop developing local_machine my_laptop dev_laptop own_laptop developer_laptop my_pc my_mac
  en dev_machine quickstart hackathon prototype demo emulator simulator trial_account tutorial unit_tests unit_test
  en test_suite mock sample_app sample_code proof_of_concept hobby ngrok developer's_machine raspberry local_environment
  en sample_application test_script playground student trial my_machine my_computer own_machine locally poc ci_pipeline
  en example_app test_app
  es desarrollo entorno_local máquina_local prototipo mi_máquina ambiente_local cuenta_de_evaluación
  fr développement environnement_local machine_locale prototype compte_d'essai en_local
  pt desenvolvimento ambiente_local máquina_local protótipo conta_de_avaliação
  de entwicklung entwicklungsrechner entwicklungsumgebung lokal lokalen lokaler entwicklungssystem prototyp
  de testkonto_kostenlos entwicklungsserver
NOTRADE
  en we_store i_store to_store agents_dispatch agents_are_dispatched agents_dispatched
  en app_store play_store google_play dispatch_rule dispatch_rules agent_dispatch dispatch_an_agent voice_agent
  en voice_agents ai_agent ai_agents agent_framework agents_framework agent_worker agents_sdk agent_session user_agent
DAILY
  en every_day each_day daily every_single_day every_morning each_morning every_evening
  es cada_día todos_los_días diariamente a_diario
  fr chaque_jour tous_les_jours quotidiennement
  pt cada_dia todos_os_dias diariamente
  de jeden_tag täglich jeden_morgen
PUBLIC
  en public
  es público pública
  fr public publique
  pt público pública
  de öffentlich
VENUE
  en server service site website page line number hotline platform portal homeserver instance form app system
  es servidor servicio sitio página línea número plataforma portal aplicación
  fr serveur service site page ligne numéro plateforme portail application
  pt servidor serviço site página linha número plataforma portal aplicativo
  de server dienst seite webseite leitung nummer plattform portal anwendung
TRAFFIC
  en calls texts messages mails emails e-mails sms alerts reminders notifications codes sends conversations meetings
  es llamadas mensajes envíos avisos códigos sms
  fr appels messages envois alertes codes sms
  pt chamadas ligações mensagens envios avisos sms
  de anrufe nachrichten gespräche telefonate meldungen benachrichtigungen sms
TRADE
  en nurse teacher teachers lesson lessons lecture lectures appointment doctor physician therapist
  en app_store_version play_store_version store_version published_app released_app released_version
  en years_of_use for_years after_years over_a_year years_without more_than_a_year for_a_year several_years many_years
  en service_degradation service_disruption sign-ups signups new_sign-ups
  en second_factor across_many across_several across_all_our customer_sessions customer_calls
  en customer_messages customer_texts customer_traffic customer_notices customer_meetings user_sessions
  en real_alarm real_emergency volunteer coordinator coordinators voter voters election elections donor businesses
  en our_operations our_operation operations_considerably business_impact impact_on_our_business order_page checkout
  en order_texts order_text appointment_reminders appointment_texts newsletter delivery_notices live_audience
  en parishioners congregation commuters motorists spectators ticket_holders claimants beneficiaries
  es recordatorios citas_previas reparto desde_hace_años durante_años nuestra_operación
  fr rappels rappels_de_rendez-vous livraisons depuis_des_années pendant_des_années
  pt lembretes há_anos durante_anos nossa_operação
  de terminerinnerungen erinnerungen seit_jahren zustellungen unseren_betrieb
  en shop ward erp webshop on-call_staff on-duty patient patient's guest guest's customer's_order subscribers pupils
  en passengers customer_support customer_service guest_services help_desk helpdesk service_desk order_desk agents
  en callers staff traffic queue queues complaints complain complained complaint orders bookings appointments reminders
  en parcels parcel reservations receptionist receptionists front_desk support_line service_line switchboard peak
  en busy_hour busiest shops the_shop our_shop store stores branches merchants drivers riders couriers attendants
  en our_business whole_business reception support_team support_inbox sales_team call_floor dealers nurses doctors
  en travellers travelers attendees tenants volunteers members
  es pacientes paciente alumnos huéspedes viajeros socios servicio_municipal ayuntamiento voluntarios vecinos
  es atención_al_cliente servicio_al_cliente agentes llamantes pedidos reservas citas quejas reclamaciones tienda
  es tiendas personal recepción operadores_de_atención repartidores línea_de_atención huésped tráfico
  fr patient patiente bénévoles élèves voyageurs abonnés service_municipal adhérents usagers service_client agents
  fr appelants commandes réservations rendez-vous plaintes boutique magasins magasin équipes livreurs standard trafic
  fr conseillers accueil
  pt paciente alunos hóspedes passageiros voluntários serviço_municipal munícipes atendimento_ao_cliente atendentes
  pt pedidos reservas consultas reclamações loja lojas entregadores tráfego recepção agentes
  de patientin patient bereitschaftsdienst schüler fahrgäste gäste ehrenamtliche bürger mitglieder feuerwehr
  de kundenbetreuung kundendienst agenten anrufer bestellungen buchungen termine beschwerden filialen mitarbeiter
  de zentrale fahrer hotline empfang shop kundenservice verkehr händler
OPS
  en call_centre call_center contact_centre contact_center hotline help_line helpline crisis_line support_centre
  en hospital clinic pharmacy dispatch emergency_line emergency_services emergency_calls revenue losing_thousands
  en sales_floor peak_season paying on-call bank hotel airline insurer insurance taxi ride_service schools school
  en council university retailer towing debt_agency logistics shop_floor warehouse restaurant fintech portal_of
  en e-commerce webshop web_shop lose_sales losing_sales lose_orders lose_customers losing_customers lost_sales
  en business_hours alarm_system courier law_firm dentist dental surgery town_hall municipality charity food_bank
  en shelter
  es centro_de_atención hospital clínica clínicas farmacia banco aerolínea escuela colegio restaurante ayuntamiento
  es perdemos_ventas perdemos_clientes comercio mutua aseguradora
  fr centre_d'appels hôpital clinique cliniques pharmacie banque hôtel école restaurant mairie cabinet assurance
  fr perdons_des_clients perdons_des_ventes
  pt central_de_atendimento hospital clínica clínicas farmácia banco hotel escola restaurante prefeitura seguradora
  pt perdemos_vendas perdendo_vendas perdemos_clientes
  de callcenter kundendienst krankenhaus klinik kliniken apotheke bank versicherung schule praxis arztpraxis
  de stadtverwaltung kanzlei verlieren_aufträge verlieren_kunden werkstatt taxizentrale leitstelle
"""
