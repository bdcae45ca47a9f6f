"""What it is about where it is no incident: questions of code and documents, money, accounts, numbers."""

WORDS = """
DOCS
  en documentation docs doc readme guide manual changelog reference example_in_the_docs help_page tutorial_page wiki
  en knowledge_base
  es documentación guía manual
  fr documentation guide manuel
  pt documentação guia manual
  de dokumentation anleitung handbuch doku
CODE
  en php_example python_example java_example node_example ruby_example code_example example_code code_sample
  en typings typescript type_definitions type_definition compile compiled compiles compilation build builds gradle pod
  en cocoapods npm pip composer maven nuget autoloader dependency import_error import null_safety linter
  en deprecation_warning nullpointerexception class_not_found unit_tests test_suite pull_request source_code
  en code_snippet static_analysis webpack bundler typing package_version peer_dependency thread_leak memory_leak
  es compilar dependencia compilación
  fr compiler dépendance compilation
  pt compilar dependência compilação
  de kompilieren abhängigkeit übersetzen
BILL
  en credit_card the_card our_card my_card by_card debit_card paid paid_for balance invoice invoices billing billed
  en charge charged charges refund refunds price prices pricing payment payments top-up top_up vat overcharged
  en subscription_fee cost costs discount receipt_for_payment debited recharge credit_note tariff tariffs fee fees quote
  en rate_card balance_refund bill
  es factura facturas facturación cobro cobros cobrado cobraron reembolso precio precios pago pagos tarjeta recarga
  es tarifa tarifas importe cargo cargos
  fr facture factures facturation remboursement rembourser débité débitée prix paiement paiements carte tarif tarifs
  fr facturé facturés rechargement
  pt fatura faturas cobrança cobranças cobrados cobrado reembolso preço preços pagamento pagamentos cartão recarga
  pt tarifa tarifas
  de rechnung rechnungen abrechnung abgerechnet erstattung gutschrift preis preise zahlung zahlungen kreditkarte
  de aufladung berechnet kosten tarif tarife lastschrift
ACCTW
  en account
  es cuenta cuentas
  fr compte
  pt conta
  de konto kundenkonto
ACCT
  en reset_the_password reset_the_passwords reset_my_password forgot_my_password forgot_the_password password_reset
  en account_suspended suspended_account account_was_locked account_blocked our_account_is my_account_is invitation
  en invite_mail kyc sub-account subaccount suspended account_locked contact_person upgrade_from_trial paid_plan
  en verification_documents close_account account_owner console_login api_key_rotation team_member colleague_to_the
  en reactivate account_deletion delete_our_account delete_my_account permissions_of
  es contraseña cuenta_suspendida usuario_de_la_consola invitación suspendida
  fr compte_suspendu mot_de_passe invitation suspendu
  pt conta_suspensa senha convite suspensa
  de konto_gesperrt passwort zugangsdaten einladung gesperrt ansprechpartner benutzerkonto
PORTED
  en ported
  es portado portados portada
  fr porté portés
  pt portado portados portada
  de portiert
LOGIN
  en two-factor 2fa authenticator mfa access gets_into get_into log_in login logged_in logging_in sign_in
TOLD
  en answer answers reply replies text texts sms message messages call calls notification notifications alert alerts
  en reminder reminders notice notices code codes confirmation confirmations line hotline
PORT
  en not_been_ported be_ported not_ported_yet not_yet_ported portable
  en porting port_request port_in port_out port-in port-out letter_of_authorisation letter_of_authorization loa
  en losing_carrier port_date port_our port_my port_the number_port porting_request to_port portability
  en transfer_of_the_number transfer_of_our_number port_of port_them port_it port_numbers number_transfer
  en transfer_of_the_main_number port_is port_was port_order port
  es portabilidad portar portación
  fr portabilité porter portage
  pt portabilidade portar
  de portierung portieren rufnummernmitnahme mitnahme portierungsauftrag
NETPORT
  en port_5060 port_443 port_80 udp_port tcp_port port_range sip_port open_port open_ports port_number port_forwarding
  en ports_open port_5061 port_8080 firewall_port ports
BUY
  en number_we_ordered numbers_we_ordered number_i_ordered
  en campaign_approval brand_registration register_the_brand register_brand register_a_brand
  en register_the_campaign campaign_was_rejected campaign_rejected campaign_refused register_our_numbers
  en must_be_registered to_be_registered
  en number_bought numbers_bought bought_a_number bought_numbers bought_a_new purchased_a_number purchased_number
  en purchased_numbers purchased_a_new
  en newly_ordered ordered_number ordered_numbers new_did new_dids the_order_of buy purchase rent rented_out order_a
  en order_more order_new new_numbers new_number release_unused unused_numbers stock acquire procure procurement
  en provisioned_numbers short_code_application campaign_registration brand_vetting vetting brand_registration
  en number_inventory order_numbers lease more_number more_numbers toll-free_verification 10dlc_registration
  en numbers_to_rent release_numbers get_a_number get_numbers virtual_numbers review_of
  es número_nuevo números_nuevos nuevo_número comprar contratar adquirir alquilar nuevos_números
  fr nouveau_numéro numéro_commandé numéros_commandés acheter louer acquérir commander nouveaux_numéros
  pt número_novo números_novos novo_número comprar adquirir alugar contratar novos_números
  de neue_rufnummer neuen_rufnummer neue_nummer neuen_nummer neuen_rufnummern bestellte bestellten gekaufte gekauften
  de gemietete kaufen mieten bestellen erwerben neue_rufnummern neue_nummern
LIMIT
  en throughput limit limits quota rate_limit higher_throughput concurrency_limit cps
  es límite límites cuota
  fr limite limites quota
  pt limite limites cota
  de limit limits kontingent
RCA
  en rca root_cause_report root_cause_analysis post-mortem postmortem credit_is_requested service_credit report_on
  en incident_report root_cause explanation
  es informe_de_causa análisis_de_causa explicación
  fr analyse_de_cause explication rapport_d'incident
  pt análise_de_causa explicação
  de ursachenbericht ursachenanalyse erklärung fehlerbericht
"""
