"""What it happens to: services, features, people, numbers, places, devices, directions."""

WORDS = """
SVC
  en calls call sms text texts message messages messaging otp otps code codes passcode passcodes api apis endpoint
  en endpoints request requests webhook webhooks callback callbacks voice telephony video room rooms whatsapp rcs mms
  en trunk trunks sip gateway platform service services line lines hotline registration registrations number numbers
  en traffic notifications alerts invites invite verification verifications lookup lookups dialler dialer phone phones
  en telephone system flow flows send sends everything sign-up signup channel channels connection connections
  en reminders confirmations switchboard handshake session sessions delivery switch
  xx sms otp api webhook webhooks sip voip whatsapp mms rcs gateway server
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
  en recording recordings transcript transcripts transcription voicemail dtmf key_presses keypresses caller_id cnam
  en caller_name conference conferences hold_music queue_music music transfer transfers screen_share screen_sharing
  en image images picture pictures attachment attachments media receipt receipts delivery_report delivery_reports
  en dashboard console portal export exports statistics machine_detection text_to_speech tts emoji unicode accents
  en accented url urls template templates bluetooth headset toll-free status_callback screen push pushes fallback_edge
  en node
  es grabación grabaciones transcripción buzón imágenes imagen adjuntos enlaces plantilla plantillas panel informes
  es acuses
  fr enregistrement enregistrements transcription messagerie images image pièces liens lien modèle modèles rapports
  fr accusés
  pt gravação gravações transcrição imagens imagem anexos links modelo modelos painel relatórios
  de aufzeichnung aufzeichnungen aufnahme aufnahmen transkript bilder anhänge links vorlage vorlagen berichte
  de wartemusik konferenz mailbox
PEOPLE
  en users customers clients patients guests subscribers members passengers riders shoppers buyers end-users end_users
  en end_customers students parents tenants citizens consumers visitors readers pharmacies donors applicants employees
  en lessons sales_floor callers_cannot people
  es usuarios clientes pacientes abonados suscriptores huéspedes ciudadanos
  fr utilisateurs clients patients abonnés usagers adhérents
  pt usuários clientes pacientes assinantes utentes
  de nutzer benutzer kunden patienten teilnehmer endkunden anwender mandanten gäste endnutzer
ROLE
  en agents agent callers caller participants participant recipients recipient colleague team staff person tester
  en operator_staff handset handsets subscriber user customer client phones
  es agentes agente
  fr agents agent
  pt agentes agente atendentes
  de agenten agent mitarbeiter anrufer
SITE
  en office offices branch site sites location locations store team region regions datacenter department building
  en queue account sender senders edge browser network campaign tenant desk floor
  es oficina sede sucursal equipo región remitente cuenta
  fr bureau agence site équipe région expéditeur compte file
  pt escritório filial sede equipe região remetente conta fila
  de büro standort filiale team region absender konto warteschlange
COUNTRY
  en country countries province
  es país países
  fr pays
  pt país países
  de land länder ländern
PLACE
  xx uk usa uae eu latam apac emea
  en us_carriers us_numbers us_number us_destinations in_the_us to_the_us us_messages us_long t_mobile_us valley area
  en coast city town village district county neighbourhood zone mainland state_of prefix america american germany
  en german france french spain spanish italy italian portugal portuguese poland polish netherlands dutch belgium
  en belgian austria austrian switzerland swiss norway norwegian sweden swedish denmark danish finland finnish ireland
  en irish greece greek turkey turkish russia russian ukraine ukrainian india indian pakistan bangladesh china chinese
  en japan japanese korea korean vietnam vietnamese thailand thai malaysia malaysian singapore indonesia indonesian
  en philippines philippine philippino australia australian zealand canada canadian mexico mexican brazil brazilian
  en argentina chile chilean colombia colombian peru kenya kenyan nigeria nigerian ghana egypt egyptian morocco
  en moroccan algeria algerian tunisia israel saudi dubai qatar jordan iraq iran africa african europe european asia
  en asian british britain england scotland wales hungary hungarian romania romanian bulgaria czech croatia serbia
  en estonia latvia lithuania cyprus malta iceland manila islands lebanon kuwait senegal cameroon ethiopia uganda
  en tanzania zambia zimbabwe nepal taiwan kong caribbean jamaica ecuador venezuela bolivia
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
  en carrier carriers operator operators telco telcos mobile_network mobile_networks mno mvno lycamobile lebara
  en verizon at&t att t-mobile sprint vodafone telefonica o2 orange movistar claro airtel jio mtn safaricom telekom
  en swisscom telia telenor three ee bouygues sfr tim wind turkcell beeline megafon mts viettel maxis celcom globe
  en smart digi bell rogers telus telstra optus entel telcel losing_carrier network_operator networks networks_of
  en etisalat du_network vodacom glo ooredoo zain telmex
  xx verizon vodafone telefonica movistar claro airtel telekom swisscom mtn sfr t-mobile at&t lycamobile telcel
  xx bouygues o2 tim
  es operador operadora operadores operadoras orange entel
  fr opérateur opérateurs orange free
  pt operadora operadoras vivo oi meo nos
  de netzbetreiber mobilfunkanbieter mobilfunknetz carrier provider
HANDSET
  en handset handsets phone phones device devices mobile recipient recipients users user customers customer people
  en subscriber subscribers nothing tester number numbers
THIRD
  xx whatsapp meta facebook google apple aws amazon azure microsoft cloudflare jibe heroku salesforce zendesk hubspot
  xx shopify firebase slack telegram instagram gcp openai fcm apns stripe okta zapier intercom
"""
