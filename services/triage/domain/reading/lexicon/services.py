"""Words for the services of a communications platform. A class is the key that a catalogue usually gives it."""

WORDS = """
voice
  en call calls calling voice telephony dialler dialer phone_system ivr voicemail hotline ringing softphone
  xx voice voip webrtc
  es llamada llamadas voz telefonía
  fr appel appels voix téléphonie
  pt chamada chamadas ligação ligações voz telefonia
  de anruf anrufe anrufen telefonie gespräch gespräche sprachdienst
sms
  en reminders alerts confirmations text texts text_message text_messages messages message
  xx sms
  es mensajes mensaje
  fr messages message textos
  pt mensagens mensagem torpedos
  de nachrichten nachricht kurznachrichten
mms
  xx mms
whatsapp
  xx whatsapp
rcs
  xx rcs
verify
  en verify verification otp otps one-time_code one-time_codes login_code login_codes verification_code
  en verification_codes passcode passcodes
  xx verify otp
  es verificación código_de_verificación códigos
  fr vérification codes
  pt verificação código_de_verificação códigos
  de verifizierung bestätigungscode bestätigungscodes einmalcode einmalcodes
sip-trunking
  en trunk trunks trunking
  xx zentrunk sip
phone-numbers
  en number numbers phone_number phone_numbers
  es número números
  fr numéro numéros
  pt número números
  de rufnummer rufnummern nummer nummern
lookup
  xx lookup
phlo
  xx phlo
10dlc
  xx 10dlc a2p
console
  xx console
  en dashboard
account
  en account
  es cuenta
  fr compte
  pt conta
  de konto
billing
  en invoice invoices billing refund
  xx billing
  es factura facturas facturación
  fr facture factures facturation
  pt fatura faturas cobrança
  de rechnung rechnungen abrechnung
"""
