"""How much, and not: negation, all, some, one, only, the others."""

WORDS = """
LASTS
  en minutes minute hours hour days
  es minutos minuto horas hora
  fr minutes minute heures heure
  pt minutos minuto horas hora
  de minuten minute stunden stunde
UNIT
  en after_a_few_seconds after_a_few_minutes after_a_few_hours after_a_second after_a_minute after_a_while
  en several_minutes several_hours several_days several_weeks several_months several_seconds a_few_minutes a_few_hours
  en a_few_days a_few_weeks a_few_seconds few_minutes few_hours few_days few_weeks some_minutes some_hours some_days
  en some_weeks for_some_time many_minutes many_hours many_days half_an_hour half_a_day half_a_minute quarter_of_an_hour
  en quarter_to quarter_past half_past
  en a_couple_of_hours a_couple_of_days a_couple_of_weeks a_couple_of_minutes most_of_the_day
  es varios_minutos varias_horas varios_días varias_semanas unos_minutos unas_horas unos_días algunas_horas
  es algunos_minutos algunos_días muchas_horas media_hora un_cuarto_de_hora
  fr plusieurs_minutes plusieurs_heures plusieurs_jours plusieurs_semaines quelques_minutes quelques_heures
  fr quelques_jours quelque_temps une_demi-heure un_quart_d'heure
  pt vários_minutos várias_horas vários_dias várias_semanas alguns_minutos algumas_horas alguns_dias muitas_horas
  pt meia_hora um_quarto_de_hora
  de mehrere_minuten mehrere_stunden mehrere_tage mehreren_minuten mehreren_stunden mehreren_tagen mehreren_wochen
  de einige_minuten einige_stunden einige_tage einigen_minuten einigen_stunden einigen_tagen einigen_wochen
  de einiger_zeit viele_stunden eine_halbe_stunde einer_halben_stunde eine_viertelstunde
  en minutes minute min mins seconds secs hours hour hrs days
  es minutos minuto segundos horas hora días
  fr minutes minute secondes heures heure jours
  pt minutos minuto segundos horas hora dias
  de minuten minute sekunden stunden stunde tage tagen
TAKES
  en take takes took taken taking need needs after up_to within_minutes
  es tarda tardan tardado tardando toma toman hasta después_de
  fr met mettent prend prennent faut attend attendent jusqu_à
  pt leva levam demora demoram levando até depois_de
  de dauert dauern braucht brauchen benötigt nach bis_zu erst_nach
SUCCESS
  en success_rate delivery_rate answer_rate completion_rate connection_rate success_ratio answer_seizure_ratio
  es tasa_de_éxito tasa_de_entrega
  fr taux_de_réussite taux_de_succès
  pt taxa_de_sucesso taxa_de_entrega
  de erfolgsquote zustellquote
SHARE
  en success_rate completion_rate
  en undelivered_rate rate_of error_rate failure_rate delivery_rate rate_is rate_rose share per_cent percent percentage
  en proportion
  es porcentaje tasa
  fr taux pourcentage
  pt taxa porcentagem
  de quote anteil prozent
SHAREOF
  en in_a_hundred in_ten in_a_thousand in_five in_twenty in_fifty in_a_dozen out_of_ten out_of_a_hundred
  es de_cada_diez de_cada_cien
  fr sur_dix sur_cent
  pt em_cada_dez em_cada_cem
  de von_zehn von_hundert
PARTOF
  en one_of two_of three_of
  es uno_de una_de
  fr une_personne un_de_nos une_de_nos l'un_de l'une_de
  pt um_dos uma_das um_de uma_de
  de eine_unserer einer_unserer eines_unserer einen_unserer
COUNT
  en eleven twelve fifteen sixteen eighteen forty fifty sixty seventy eighty ninety hundred two three four five six
  en seven eight nine ten twenty thirty
  es once doce quince veinte treinta cuarenta cincuenta sesenta cien dos tres cuatro cinco seis siete ocho nueve diez
  fr onze douze quinze vingt trente quarante cinquante soixante cent deux trois quatre cinq six sept huit neuf dix
  pt onze doze quinze vinte trinta quarenta cinquenta sessenta cem dois duas três quatro cinco seis sete oito nove dez
  de elf zwölf fünfzehn zwanzig dreißig vierzig fünfzig sechzig hundert zwei drei vier fünf sechs sieben acht neun zehn
EXCEPT
  en except all_but save_for apart_from with_the_exception
  es excepto salvo menos
  fr sauf excepté
  pt exceto menos salvo
  de bis_auf außer ausgenommen
EVERYWHERE
  en and_elsewhere everywhere everywhere_else worldwide globally
  es en_todas_partes
  fr partout
  pt em_toda_parte
  de überall
NEG
  en not_yet not never cannot without nor neither non unable impossible won't no_longer not_any_more rather_than
  en instead_of not_able_to fails_to failed_to failing_to refuses_to refuse_to ruled_out rule_out rules_out free_of cant
  en not_up_to isn't_up_to aren't_up_to not_true_that not_the_case_that
  es no_es_cierto_que no_es_verdad_que
  fr pas_vrai_que
  pt não_é_verdade_que
  en dont doesnt isnt wont fail_to stops stopped ceased ceases quit far_from
  es todavía_no aún_no ya_no no nunca jamás sin tampoco ni incapaz incapaces imposible descarta descartó descartamos
  es descartan
  es dejó_de dejaron_de dejado_de han_dejado_de deja_de dejan_de
  fr ne n pas_encore pas jamais sans ni impossible incapable incapables exclu cessé_de cessé_d cesse_de cesse_d
  fr plus_de_possibilité
  fr ne_plus
  pt ainda_não já_não não_mais não nao nunca jamais sem nem incapaz incapazes impossível descarta descartou descartamos
  pt deixou_de
  pt deixaram_de parou_de pararam_de
  de noch_nicht nicht nie niemals ohne weder nirgends unmöglich ausgeschlossen nicht_mehr kaum_noch
NIL
  en no_more no_further no_more_than
  en not_a_single_one not_a_single_one_of not_one_of not_even_one_of none_of no none nobody
  en no_other_way no_other_route no_other_channel no_other_channels no_other_means no_other_option
  en nothing no_one not_a_single not_one not_even_one zero nowhere no_single not_any not_anything 0 not_a not_any_of
  en not_an
  es ningún ninguno ninguna ningunos ningunas nadie nada ni_un ni_una ni_un_solo ni_una_sola cero
  fr aucun aucune aucuns personne rien nul nulle plus_aucun plus_aucune plus_rien plus_personne pas_un_seul
  fr pas_une_seule zéro ni_appel plus_un_seul plus_une_seule pas_le_moindre plus_le_moindre
  pt nenhum nenhuma nenhuns nenhumas ninguém nada nem_um nem_uma nem_um_único nem_uma_única zero
  de kein keine keinen keiner keinem keines keinerlei keins niemand niemanden niemandem nichts null nicht_ein nicht_eine
  de nicht_einer nicht_eines nicht_ein_einziger nicht_eine_einzige nicht_ein_einziges nicht_einen_einzigen keine_einzige
  de kein_einziger kein_einziges
ALL
  en every_one_of each_one_of every_single_one_of each_and_every_one_of
  en without_exception without_exceptions
  es sin_excepción
  fr sans_exception
  pt sem_exceção
  de ausnahmslos ohne_ausnahme
  en our_only my_only all every everything everyone everybody each entire entirely whole wholly completely total totally
  en fully altogether always everywhere both throughout 100% hundred_percent hundred_per_cent consistently constantly
  en permanently across_the_board
  en continuously systematically every_single 0% absolutely utterly nationwide worldwide globally systemwide
  es nuestro_único nuestra_única nuestro_unico todo toda todos todas cada completo completa completamente total
  es totalmente entero entera siempre ambos ambas por_completo constantemente permanentemente general
  fr notre_seul notre_seule notre_unique tout toute tous toutes chaque complet complète complètement total totale
  fr totalement entier entière entièrement partout systématiquement constamment générale
  pt nosso_único nossa_única todo toda todos todas tudo cada completo completa completamente total totalmente inteiro
  pt inteira sempre ambos ambas por_completo constantemente geral
  de unsere_einzige unser_einziger unser_einziges alle alles aller allen jede jeder jedes jeden jedem ganz ganze ganzen
  de ganzer ganzes völlig vollständig vollständige vollständiger komplett kompletter komplette kompletten total
  de sämtliche sämtlichen immer überall gesamte gesamten gesamter beide beiden durchgängig ständig vollends
  de flächendeckend restlos
REGARDLESS
  en whether_or_not regardless no_matter whichever whatever
  es sin_importar da_igual
  fr peu_importe quel_que_soit
  pt não_importa independentemente
  de egal unabhängig
ANY
  en whether_or_not
  en any anyone anybody anything either at_all whatever whichever whoever no_matter regardless in_absolute
  es cualquier cualquiera en_absoluto
  fr du_tout n'importe_quel n'importe_où quelconque
  pt qualquer quaisquer de_forma_alguma
  de überhaupt irgendein irgendeine irgendeiner
PLAINALL
  en send_someone can_someone someone_to_look someone_please fixed-line fixed-lines fixed_line fixed_lines all_day
  en all_the_time all_right after_all first_of_all all_along in_all above_all all_of_a_sudden at_any_time in_any_case
  en any_idea any_news any_help any_advice any_more anymore any_update any_suggestion any_ideas any_hint all_the_best
  en at_all_times everyday every_day each_day each_morning every_morning every_week every_month every_night every_hour
  en each_hour each_full_hour any_suggestions any_guidance any_pointers any_workaround any_longer any_thoughts all_week
  en all_night if_any any_way_to any_chance any_plans
  es todo_el_día todos_los_días sobre_todo cada_día cada_mañana todo_el_tiempo de_todos_modos
  fr tous_les_jours toute_la_journée surtout chaque_jour chaque_matin tout_à_fait tout_de_suite tout_va_bien
  fr tout_fonctionne en_tout_cas tout_d'abord pas_du_tout_grave tout_est_normal tout_est_rentré
  pt todos_os_dias o_dia_todo cada_dia toda_manhã sobretudo
  de jeden_tag jeden_morgen den_ganzen_tag vor_allem alles_gute allerdings jede_woche immer_noch immer_wieder
SOME
  en number_of_failed number_of_failures number_of_undelivered number_of_rejected number_of_errors more_and_more
  es cada_vez_más
  fr de_plus_en_plus
  pt cada_vez_mais
  de immer_mehr
  en in_question someone somebody some few several certain many most multiple various part_of a_part partly partially
  en half majority minority lots_of a_lot_of a_number_of handful third quarter numerous a_couple share_of percentage
  en individual portion mostly a_lot rate_of every_second every_third every_other every_fourth every_fifth every_tenth
  en a_few in_ten in_five one_in a_handful some_of a_fraction higher_than_usual
  es alguien algún alguno alguna algunos algunas varios varias unos unas muchos muchas mayoría parte parcial
  es parcialmente mitad ciertos ciertas tercio diversos diversas pocos pocas bastantes una_de_cada uno_de_cada un_tercio
  fr quelqu'un certain certains certaine certaines quelques plusieurs beaucoup plupart partie moitié divers nombreux
  fr nombreuses tiers partiellement bon_nombre un_sur une_sur sur_dix partielle partiel quelques_uns
  pt alguém algum alguma alguns algumas vários várias muitos muitas maioria parte parcial parcialmente metade certos
  pt certas terço diversos diversas poucos poucas em_cada um_terço
  de jemand einige einigen einiger manche manchen mancher mehrere mehreren viele vieler vielen meisten teil teile
  de teilweise hälfte vereinzelt vereinzelte vereinzelten einzelne einzelnen einzelner bestimmte bestimmten drittel
  de wenige weniger diverse etliche zahlreiche von_zehn jede_zweite jeder_zweite jeder_dritte jeder_zehnte jeder_fünfte
  de jede_dritte jede_zehnte ein_paar
NOTALL
  en not_all not_every not_everyone not_each not_everything not_everybody not_always not_both
  es no_todos no_todas no_todo no_siempre
  fr pas_tous pas_toutes pas_tout pas_toujours
  pt nem_todos nem_todas nem_todo nem_sempre
  de nicht_alle nicht_jede nicht_jeder nicht_jedes nicht_immer nicht_bei_allen nicht_in_allen
ONE
  en a_number a_call a_message a_line a_phone one single particular specific a_customer a_user an_agent a_client
  en a_colleague an_end_user one_of this_number this_customer this_user a_caller this_one a_single this_particular
  en a_specific a_certain
  es un una uno único única concreto concreta específico específica específicos específicas
  fr un une seul seule unique particulier particulière précis précise spécifique
  pt um uma único única específico específica específicos específicas
  de ein eine einen einer einem eines einzig einziger einzige einziges
ONLY
  en no_more_than only just solely exclusively limited_to restricted_to confined_to affects_only except alone
  es solo sólo solamente únicamente exclusivamente salvo excepto
  fr seulement uniquement exclusivement sauf ne_concerne_que
  pt só somente apenas unicamente exclusivamente exceto salvo
  de nur ausschließlich lediglich bloß
NOTONLY
  en not_only not_just not_limited_to not_confined_to not_solely
  es no_solo no_sólo no_solamente
  fr pas_seulement pas_uniquement
  pt não_só não_apenas não_somente
  de nicht_nur
OTHER
  en everywhere_else ordinary usual other others rest remaining otherwise elsewhere neighbouring neighboring
  en everyone_else everybody_else everything_else anyone_else anybody_else themselves plain remainder no_other
  en the_same_people
  en same_account
  es otro otra otros otras demás resto restante restantes
  fr autre autres reste ailleurs restant restants
  pt outro outra outros outras demais resto restante restantes
  de andere anderen anderer anderes anderem übrige übrigen restliche restlichen rest sonst anderswo
HARDLY
  en hardly barely scarcely
  es apenas
  fr à_peine
  pt mal
  de kaum
ALMOST
  en almost nearly virtually practically
  es casi prácticamente
  fr presque quasiment pratiquement
  pt quase praticamente
  de fast beinahe nahezu praktisch
ALLELSE
  en everything_else all_else anything_else
  es todo_lo_demás lo_demás
  fr tout_le_reste le_reste
  pt todo_o_resto o_resto
  de alles_andere alles_übrige
ELSEWHERE
  en elsewhere anywhere_else
  es en_otros_sitios en_otro_lugar
  fr ailleurs
  pt em_outros_lugares
  de anderswo woanders
OUR
  en our my own we i us ours mine
  es nuestro nuestra nuestros nuestras mi mis propio propia propios propias hemos nosotros
  fr notre nos mon ma mes propre propres nous
  pt nosso nossa nossos nossas meu minha próprio própria nós
  de unser unsere unseren unserer unserem unseres mein meine meinen eigen eigene eigenen eigener eigenes wir ich uns
AND
  en and or plus
  es y e o u
  fr et ou
  pt e ou
  de und oder sowie
"""
