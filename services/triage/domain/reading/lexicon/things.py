"""What it happens to: services, features, people, numbers, places, devices, directions."""

WORDS = """
SVC
  en one-time_code one-time_codes one-time_password one-time_passwords one-time_passcode one-time_passcodes
  en call_back call-back a_number a_call a_message a_line a_phone calls call sms text texts message messages messaging
  en otp otps code codes passcode passcodes api apis endpoint endpoints request requests webhook webhooks callback
  en callbacks voice telephony video room rooms whatsapp rcs mms trunk trunks sip gateway platform service services line
  en lines hotline registration registrations number numbers traffic notifications alerts invites invite verification
  en verifications lookup lookups dialler dialer phone phones telephone system flow flows send sends everything sign-up
  en signup channel channels connection connections reminders confirmations switchboard handshake session sessions
  en delivery switch
  xx sms otp api webhook webhooks sip voip whatsapp mms rcs gateway
  es llamadas llamada mensajes mensaje código códigos servicio plataforma voz telefonía envío envíos solicitudes
  es peticiones petición línea líneas troncal troncales número números sistema pasarela verificación textos tráfico
  es recepción conexión
  fr appels appel messages message code codes service plateforme voix téléphonie envoi envois requêtes requête ligne
  fr lignes numéro numéros système passerelle vérification trafic réception trunk connexion
  pt chamadas chamada ligações ligação mensagens mensagem código códigos serviço plataforma voz telefonia envio envios
  pt requisições requisição linha linhas tronco troncos número números sistema gateway verificação torpedos tráfego
  pt recebimento conexão
  de anrufe anruf anrufen nachrichten nachricht code codes dienst plattform telefonie versand smsversand sms-versand
  de anfragen anfrage leitung leitungen rufnummer rufnummern nummer nummern system gateway verifizierung gespräche
  de gespräch telefon telefonanlage trunk versuche verkehr senden bestätigungscodes empfang dienste kurznachrichten
FEAT
  en ring-back ringback ring_back fax faxes recording recordings transcript transcripts transcription voicemail dtmf
  en key_presses keypresses caller_id cnam caller_name conference conferences hold_music queue_music music transfer
  en transfers screen_share screen_sharing image images picture pictures attachment attachments media receipt receipts
  en delivery_report delivery_reports dashboard console portal export exports statistics machine_detection
  en text_to_speech tts emoji unicode accents accented url urls template templates bluetooth headset toll-free
  en status_callback screen push pushes fallback_edge node
  de fax faxe aufzeichnung aufzeichnungen aufnahme aufnahmen transkript bilder anhänge links vorlage vorlagen berichte
  de wartemusik konferenz mailbox
  es fax grabación grabaciones transcripción buzón imágenes imagen adjuntos enlaces plantilla plantillas panel informes
  es acuses
  fr fax enregistrement enregistrements transcription messagerie images image pièces liens lien modèle modèles rapports
  fr accusés
  pt fax gravação gravações transcrição imagens imagem anexos links modelo modelos painel relatórios
PEOPLE
  en users customers clients patients guests subscribers members passengers riders shoppers buyers end-users end_users
  en end_customers students parents tenants citizens consumers visitors readers pharmacies donors applicants employees
  en lessons sales_floor callers_cannot people
  es usuarios clientes pacientes abonados suscriptores huéspedes ciudadanos
  fr utilisateurs clients patients abonnés usagers adhérents
  pt usuários clientes pacientes assinantes utentes
  de nutzer benutzer kunden patienten teilnehmer endkunden anwender mandanten gäste endnutzer
ROLE
  en a_customer a_user a_client an_agent a_caller
  en patient guest member shop branch_office extension extensions agents agent callers caller participants participant
  en recipients recipient colleague team staff person tester operator_staff handset handsets subscriber user customer
  en client phones
  es usuaria clienta
  es cliente usuario paciente abonado extensión extensiones agentes agente
  fr utilisatrice cliente
  fr client utilisateur patient abonné poste postes agents agent
  pt usuária
  pt cliente usuário paciente assinante ramal ramais agentes agente atendentes
  de nutzerin kundin anwenderin
  de kunde kunden nutzer patient anwender nebenstelle nebenstellen durchwahl agenten agent mitarbeiter anrufer
LOC
  en office offices branch branches store stores department departments floor desk subsidiary
  es oficina oficinas sede sucursal
  fr bureau agence
  pt escritório filial
  de büro standort filiale abteilung
SITE
  en site sites location locations team region regions datacenter building queue account sender senders edge browser
  en network campaign tenant
  es equipo región remitente cuenta
  fr site équipe région expéditeur compte file
  pt equipe região remetente conta fila
  de team region absender konto warteschlange
COUNTRY
  en country countries province
  es país países
  fr pays
  pt país países
  de land länder ländern
PLACE
  xx uk usa uae eu latam apac emea
  en us_carriers us_numbers us_number us_destinations in_the_us to_the_us us_messages us_long t_mobile_us valley area
  en afghanistan afghan albania albanian andorra angolan armenia armenian azerbaijan azerbaijani bahamas bahrain
  en bangladeshi barbados belarus belarusian belize benin bhutan bolivian bosnia bosnian botswana brunei bulgarian
  en burkina burundi cambodia cambodian cameroonian chad comoros congo congolese croatian cuban cypriot djibouti
  en dominican salvador salvadoran eritrea estonian eswatini ethiopian fiji gabon gambia georgian ghanaian guatemalan
  en guinea guyana haiti haitian honduras honduran icelandic iranian iraqi israeli ivorian jamaican jordanian
  en kazakhstan kazakh kuwaiti kyrgyzstan laos latvian lebanese lesotho liberia libya libyan liechtenstein lithuanian
  en luxembourg macedonia madagascar malawi malian maldives maltese mauritania mauritius moldova moldovan mongolia
  en mongolian montenegro mozambique myanmar namibia nepali nicaragua niger oman omani pakistani palestine
  en palestinian panama panamanian puerto rican rwanda rwandan samoa saudis senegalese serbian seychelles slovakia
  en slovak slovenia slovenian somalia somali sudan sudanese suriname syria syrian taiwanese tajikistan tanzanian
  en togo tonga trinidad tunisian turkmenistan ugandan emirati emirates uruguayan uzbekistan uzbek vatican venezuelan
  en yemen yemeni zambian zimbabwean ecuadorian scottish welsh catalonia bavaria quebec texas california florida
  en ontario
  es alemania alemán alemanes austria bélgica brasil bulgaria croacia dinamarca ecuador egipto eslovaquia eslovenia
  es estonia filipinas finlandia grecia guatemala honduras hungría india indonesia irlanda israel japón letonia
  es lituania marruecos nicaragua noruega polonia reino_unido rumania rusia suecia suiza turquía ucrania
  es estados_unidos costa_rica puerto_rico república_dominicana
  fr autriche brésil bulgarie cameroun chili chine colombie croatie danemark égypte espagne finlande grèce hongrie
  fr inde indonésie irlande israël japon luxembourg madagascar mali mexique norvège pays-bas pérou pologne roumanie
  fr russie suède tchad turquie ukraine états-unis côte_d'ivoire
  pt áustria bélgica bulgária canadá china colômbia croácia dinamarca egito equador finlândia grécia holanda hungria
  pt índia indonésia irlanda israel japão marrocos noruega paraguai peru polônia romênia rússia suécia suíça turquia
  pt ucrânia uruguai estados_unidos reino_unido cabo_verde
  de ägypten argentinien belarus brasilien bulgarien chile china estland finnland griechenland indien indonesien
  de irland israel japan kanada kasachstan kroatien lettland litauen luxemburg marokko mexiko österreichische
  de österreichischen rumänien russland schweizer serbien slowakei slowenien südafrika südkorea tunesien ukraine
  de bayern
  en coast city town village district county neighbourhood zone mainland state_of prefix america american germany german
  en france french spain spanish italy italian portugal portuguese poland polish netherlands dutch belgium belgian
  en austria austrian switzerland swiss norway norwegian sweden swedish denmark danish finland finnish ireland irish
  en greece greek turkey turkish russia russian ukraine ukrainian india indian pakistan bangladesh china chinese japan
  en japanese korea korean vietnam vietnamese thailand thai malaysia malaysian singapore indonesia indonesian
  en philippines philippine philippino australia australian zealand canada canadian mexico mexican brazil brazilian
  en argentina chile chilean colombia colombian peru kenya kenyan nigeria nigerian ghana egypt egyptian morocco moroccan
  en algeria algerian tunisia israel saudi dubai qatar jordan iraq iran africa african europe european asia asian
  en british britain england scotland wales hungary hungarian romania romanian bulgaria czech croatia serbia estonia
  en latvia lithuania cyprus malta iceland manila islands lebanon kuwait senegal cameroon ethiopia uganda tanzania
  en zambia zimbabwe nepal taiwan kong caribbean jamaica ecuador venezuela bolivia
  es alemania francia españa italia portugal méxico chile colombia perú argentina brasil ecuador venezuela uruguay
  es paraguay bolivia guatemala panamá cuba europa canadá
  fr allemagne france espagne italie portugal suisse belgique maroc algérie tunisie canada sénégal europe royaume-uni
  pt alemanha frança espanha itália portugal brasil angola moçambique argentina chile europa canadá méxico
  de deutschland frankreich spanien italien portugal österreich schweiz polen niederlande belgien türkei europa
  de großbritannien england dänemark schweden norwegen ungarn tschechien
DEVICE
  xx ios android iphone ipad safari chrome firefox edge opera samsung pixel xiaomi huawei windows macos linux
  en browser browsers tablet handset_model sdk xcode app_version
  es navegador
  fr navigateur
  pt navegador
  de browser
DIR
  en inbound outbound incoming outgoing
  es entrantes entrante salientes saliente
  fr entrant entrants entrante sortant sortants sortante
  pt entrada saída recebidas efetuadas
  de eingehend eingehende eingehenden ausgehend ausgehende ausgehenden
CARR
  en optus kpn proximus telenet tele2 cosmote bsnl grameenphone banglalink singtel starhub vinaphone mobifone telkomsel
  en indosat docomo softbank kddi zong ufone econet tigo antel digicel koodo videotron us_cellular metropcs giffgaff
  en masmovil yoigo iliad windtre tdc freenet congstar drillisch swisscom_mobile sunrise salt_mobile bouygues_telecom
  en carrier carriers operator operators telco telcos mobile_network mobile_networks mno mvno lycamobile lebara verizon
  en at&t att t-mobile vodafone telefonica movistar airtel jio mtn safaricom telekom swisscom telia telenor bouygues sfr
  en turkcell beeline mts viettel maxis celcom rogers telus telstra telcel network_operator networks networks_of
  en etisalat vodacom ooredoo zain telmex
  xx verizon vodafone telefonica movistar airtel telekom swisscom mtn sfr t-mobile at&t lycamobile telcel bouygues
  es operador operadora operadores operadoras
  fr opérateur opérateurs
  pt operadora operadoras
  de netzbetreiber mobilfunkanbieter mobilfunknetz carrier
CARRNAME
  xx three ee smart globe bell wind sprint orange free claro oi vivo meo glo entel tim optus digi o2 chase
CHANNEL
  xx whatsapp
THIRD
  xx meta facebook google apple aws amazon azure microsoft cloudflare jibe heroku salesforce zendesk hubspot shopify
  xx firebase slack telegram instagram gcp openai fcm apns stripe okta zapier intercom
"""
