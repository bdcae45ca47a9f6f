"""Where it happens: production, staging, development; and what tells of it without the word."""

WORDS = """
PROD
  en real_operation real_operations in_operation everyday_operation day-to-day_operation
  es operación_real uso_real
  fr exploitation_réelle service_réel
  pt operação_real uso_real
  de echten_betrieb echter_betrieb echte_betrieb laufenden_betrieb laufender_betrieb
  es en_real entorno_real producción productivo productiva en_vivo
  xx production prod
  en live real_users real_customers real_traffic live_system live_platform live_site in_the_field
  fr production exploitation
  pt produção produtivo
  de produktion produktiv produktivsystem produktivbetrieb produktivumgebung produktionsumgebung produktionssystem
  de echtbetrieb livebetrieb livesystem live wirkbetrieb live-system live-betrieb
STAGE
  es entorno_previo entorno_de_preproducción entorno_de_calidad
  fr environnement_de_qualification qualif
  pt ambiente_de_homologação ambiente_prévio
  de abnahme vorstufe
  en performance_environment perf_environment perf_env load_test_environment load-test_environment
  en integration_environment pre-live prelive test_bench rehearsal stage_box test_tenant test_stack
  es en_pruebas de_pruebas de_prueba preproducción entorno_de_pruebas entorno_de_prueba ambiente_de_pruebas
  es cuenta_de_prueba sistema_de_pruebas pre-producción homologación
  pt em_testes em_teste de_teste de_testes homologação pré-produção ambiente_de_teste ambiente_de_testes
  pt conta_de_teste
  fr en_test de_test de_recette préproduction environnement_de_test recette environnement_de_recette compte_de_test
  fr pré-production plateforme_de_test préprod
  de im_test test- testumgebung testsystem teststellung vorproduktion abnahmeumgebung testkonto testinstanz
  de integrationsumgebung testbetrieb testanlage
  xx staging stage uat preprod pre-production preproduction pre-prod qa sandbox
  en test_environment test_system test_account test_project test_server testing_environment acceptance test_setup
  en production-like non-production nonproduction test_instance staging_environment dress_rehearsal pilot_test
  en test_line pre-production_system stage_environment
DEVEL
  xx localhost dev
  en development develop developing local_machine my_laptop dev_laptop own_laptop developer_laptop my_pc my_mac dev_machine quickstart hackathon prototype demo emulator
  en simulator trial_account tutorial unit_tests unit_test test_suite mock sample_app sample_code proof_of_concept
  en hobby ngrok developer's_machine raspberry local_environment sample_application test_script playground student
  en trial my_machine my_computer own_machine locally poc ci_pipeline example_app test_app
  es desarrollo entorno_local máquina_local prototipo mi_máquina ambiente_local cuenta_de_evaluación
  fr développement environnement_local machine_locale prototype compte_d'essai en_local
  pt desenvolvimento ambiente_local máquina_local protótipo conta_de_avaliação
  de entwicklung entwicklungsrechner entwicklungsumgebung lokal lokalen lokaler entwicklungssystem prototyp
  de testkonto_kostenlos entwicklungsserver
TRADE
  en on-call_staff on-duty patient patient's guest guest's customer's_order subscribers pupils passengers
  es pacientes paciente alumnos huéspedes viajeros socios servicio_municipal ayuntamiento voluntarios vecinos
  fr patient patiente bénévoles élèves voyageurs abonnés service_municipal adhérents usagers
  pt paciente alunos hóspedes passageiros voluntários serviço_municipal munícipes
  de patientin patient bereitschaftsdienst schüler fahrgäste gäste ehrenamtliche bürger mitglieder feuerwehr
  en customer_support customer_service guest_services help_desk helpdesk service_desk order_desk
  es atención_al_cliente servicio_al_cliente
  fr service_client
  pt atendimento_ao_cliente
  de kundenbetreuung kundendienst
  en agents callers staff traffic queue queues complaints complain complained complaint orders bookings appointments
  en reminders parcels parcel reservations receptionist receptionists front_desk support_line service_line switchboard
  en peak busy_hour busiest shops the_shop our_shop store stores branches merchants drivers riders
  en couriers attendants our_business whole_business reception support_team support_inbox sales_team call_floor dealers
  en nurses doctors travellers travelers attendees tenants volunteers members
  es agentes llamantes pedidos reservas citas quejas reclamaciones tienda tiendas personal recepción
  es operadores_de_atención repartidores socios línea_de_atención huésped tráfico
  fr agents appelants commandes réservations rendez-vous plaintes boutique magasins magasin équipes
  fr livreurs standard trafic conseillers accueil
  pt atendentes pedidos reservas consultas reclamações loja lojas entregadores tráfego recepção
  pt agentes
  de agenten anrufer bestellungen buchungen termine beschwerden filialen mitarbeiter zentrale
  de fahrer hotline empfang shop kundenservice verkehr händler
OPS
  en call_centre call_center contact_centre contact_center hotline help_line helpline crisis_line support_centre
  en hospital clinic pharmacy dispatch emergency_line emergency_services emergency_calls revenue losing_thousands sales_floor peak_season paying on-call bank
  en hotel airline insurer insurance taxi ride_service schools school council university retailer towing debt_agency
  en logistics shop_floor warehouse restaurant fintech portal_of e-commerce webshop web_shop
  en lose_sales losing_sales lose_orders lose_customers losing_customers lost_sales business_hours alarm_system
  en courier law_firm dentist dental surgery town_hall municipality charity food_bank shelter
  es centro_de_atención hospital clínica clínicas farmacia banco aerolínea escuela colegio restaurante ayuntamiento
  es perdemos_ventas perdemos_clientes comercio mutua aseguradora
  fr centre_d'appels hôpital clinique cliniques pharmacie banque hôtel école restaurant mairie cabinet assurance
  fr perdons_des_clients perdons_des_ventes
  pt central_de_atendimento hospital clínica clínicas farmácia banco hotel escola restaurante prefeitura seguradora
  pt perdemos_vendas perdendo_vendas perdemos_clientes
  de callcenter kundendienst krankenhaus klinik kliniken apotheke bank versicherung schule praxis arztpraxis
  de stadtverwaltung kanzlei verlieren_aufträge verlieren_kunden werkstatt taxizentrale leitstelle
"""
