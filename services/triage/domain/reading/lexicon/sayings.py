"""What is said, or not said, to be so; what somebody is told that is so; and what is then said to be none."""

WORDS = """
KNOWING
  en told_us told_me tell_us tell_me informed_us informed_me inform_us notified_us warned_us know_that knew_that
  en noticed_that notice_that noticed_when aware_that realised_that realized_that know_why knows_why knew_why see_why
  en understand_why understands_why explain_why say_why find_out_why
  es nos_dijo nos_informó nos_avisó nos_han_dicho nos_dijeron sabía_que sabíamos_que sabemos_por_qué sé_por_qué
  es entendemos_por_qué entiendo_por_qué
  fr nous_a_dit nous_a_informé nous_a_prévenu savions_que savait_que savons_pas_pourquoi sais_pas_pourquoi
  fr comprenons_pas_pourquoi comprends_pas_pourquoi
  pt nos_disse nos_informou nos_avisou sabia_que sabíamos_que sabemos_por_que sei_por_que entendemos_por_que
  de gesagt_dass informiert_dass wusste_dass wussten_dass
AFFIRM
  en say says saying claim claims claiming confirm confirms mean suggest assert evidence proof indication sign signs
  en think believe
  es decir digo decimos dice dicen afirmar afirmo afirmamos confirmar confirmo confirmamos creo creemos pruebas indicios
  fr dire dis disons dit disent affirmer affirmons confirmer confirmons pense pensons crois croyons preuve signe
  pt dizer digo dizemos diz dizem afirmar afirmo afirmamos confirmar confirmamos acho achamos provas indícios
  de stimmt wahr sagen sage sagt behaupten behaupte behauptet bestätigen bestätige glauben glaube denke denken hinweis
  de anzeichen
TELLME
  en tell_us_how tell_us_whether tell_us_which tell_us_if tell_me_how tell_me_whether tell_me_which tell_me_if
  es decirnos_cuántos decirnos_si decirme_si
  fr nous_dire_combien nous_dire_si me_dire_si
  pt nos_dizer_quantos nos_dizer_se me_dizer_se
  de uns_sagen_ob uns_sagen_wie mir_sagen_ob
FALSEALARM
  en false_alarm false_alarms false_positive only_a_test just_a_test merely_a_test a_drill test_string test_text
  en test_alert test_alarm test_phrase test_pattern test_entry harmless
  es falsa_alarma falso_positivo solo_una_prueba sólo_una_prueba solo_un_simulacro
  fr fausse_alerte fausse_alarme faux_positif seulement_un_test juste_un_test
  pt falso_alarme alarme_falso falso_positivo só_um_teste apenas_um_teste
  de fehlalarm falschalarm falscher_alarm nur_ein_test testalarm nur_eine_übung
"""
