"""When and how often: then, now, still, again, at times."""

WORDS = """
PASTT
  en yesterday last_week last_month last_night last_year last_thursday last_friday last_monday last_tuesday
  en last_wednesday last_saturday last_sunday on_friday_evening previous_week earlier_today earlier_this_week ago
  en last_weekend on_monday on_tuesday on_wednesday on_thursday on_friday on_saturday on_sunday in_the_past
  es ayer anoche semana_pasada mes_pasado el_lunes el_martes el_miércoles el_jueves el_viernes
  fr hier semaine_dernière mois_dernier nuit_dernière lundi_dernier mardi_dernier
  pt ontem semana_passada mês_passado na_segunda na_terça na_quarta na_quinta na_sexta
  de gestern letzte_woche letzten_monat vorgestern letzte_nacht am_montag am_dienstag am_mittwoch am_donnerstag
  de am_freitag früher vergangene_woche
PASTV
  en was were did
  es estuvo estuvieron estaba estaban era hubo fue fueron
  fr était étaient avait étions avons_eu
  pt esteve estiveram estava estavam ficou ficaram foi houve
  de war waren hatte hatten
NOW
  en now today currently meanwhile at_the_moment right_now presently by_now since_then ever_since in_the_meantime
  es ahora ya hoy actualmente ahora_mismo desde_entonces
  fr maintenant aujourd désormais actuellement depuis_lors
  pt agora já hoje atualmente desde_então
  de jetzt nun heute inzwischen mittlerweile aktuell seitdem momentan wieder_einwandfrei
STILL
  en goes_on go_on still keeps keep persists persist continues continue ongoing recurring reappeared remains remain
  en came_back unresolved is_back_again
  es sigue siguen todavía aún continúa continúan persiste persisten
  fr toujours continue continuent persiste persistent encore
  pt continua continuam ainda persiste persistem
  de weiterhin noch immer_noch anhaltend besteht_weiter dauert_an noch_immer
AGAIN
  en again back once_more anew
  es de_nuevo otra_vez nuevamente vuelve vuelven volvió volvieron volvemos
  fr de_nouveau à_nouveau nouveau revenu revenue
  pt novamente de_novo outra_vez voltou voltaram voltamos
  de wieder erneut abermals
SINCE
  en since as_of
  es desde hace
  fr depuis
  pt desde há faz
  de seit ab
ANYMORE
  en any_more anymore no_longer any_longer no_more no_further
  es ya_no no_más
  fr plus
  pt já_não não_mais
  de nicht_mehr
UNTIL
  en until till
  es hasta
  fr jusqu
  pt até
  de bis
BRIEFLY
  en temporarily momentarily briefly
  es temporalmente momentáneamente brevemente
  fr temporairement momentanément brièvement
  pt temporariamente momentaneamente brevemente
  de vorübergehend kurzzeitig kurzfristig
ATONCE
  en the_moment
  en immediately at_once instantly right_away straight_away
  es inmediatamente enseguida al_instante de_inmediato
  fr immédiatement aussitôt tout_de_suite
  pt imediatamente na_hora logo_em_seguida
  de sofort augenblicklich
INTER
  en at_other_times some_of_the_time part_of_the_time most_of_the_time cannot_be_reproduced could_not_be_reproduced
  en can't_be_reproduced not_reproduced not_reproducible could_not_reproduce couldn't_reproduce can't_reproduce
  en cannot_reproduce not_reproduce not_been_able_to_reproduce unable_to_reproduce never_seen_before not_seen_before
  en not_happened_before never_happened_before seems_better looks_better seem_better look_better appears_better
  en got_better a_bit_better no_pattern without_a_pattern without_pattern hit_and_miss comes_in_waves hiccup hiccups
  en blip once_or_twice once_a_day once_an_hour once_a_week by_chance haphazard haphazardly fluctuates fluctuating
  es sin_patrón no_se_puede_reproducir
  es no_reproducible parece_que_mejora va_mejor parece_mejor temporalmente_no_disponible al_azar unas_veces a_veces
  fr pas_reproductible jamais_vu_avant semble_aller_mieux va_mieux
  fr par_intermittence au_hasard tantôt de_temps_en_temps par_moments
  pt sem_padrão não_é_reproduzível parece_melhor está_melhor
  pt ao_acaso às_vezes por_vezes
  de nicht_reproduzierbar nie_zuvor scheint_besser
  de ohne_muster
  en single_occurrence happened_once the_first_time only_once one-off isolated_case isolated_cases isolated_incident
  en just_once once_so_far a_single_time one_time_only every_night every_morning each_morning each_night nightly
  en every_evening each_evening sometimes intermittent intermittently sporadic sporadically occasional occasionally
  en random randomly at_random now_and_then from_time_to_time at_times on_and_off every_now_and_then once_in_a_while
  en every_few irregular irregularly periodically repeatedly frequently often at_peak peak_times peak_hours
  en several_times_a a_day times_an_hour busy_hour every_few_days once_or_twice unpredictable unpredictably
  en here_and_there keep_timing came_and_went comes_and_goes time_to_time again_and_again rarely infrequently off_and_on
  en erratic erratically under_load at_each_full_hour per_cent percent usually
  es una_sola_vez caso_aislado casos_aislados ocurrió_una_vez la_primera_vez veces esporádico esporádica esporádicos
  es esporádicas esporádicamente intermitente intermitentes aleatorio aleatoriamente intermitentemente de_vez_en_cuando
  es ocasionalmente a_ratos frecuentemente horas_punta
  fr une_seule_fois cas_isolé cas_isolés la_première_fois parfois intermittent intermittente intermittents
  fr intermittentes aléatoire aléatoirement sporadique sporadiques temps_en_temps occasionnellement par_moments souvent
  fr de_façon_intermittente quelquefois heures_de_pointe
  pt uma_única_vez caso_isolado casos_isolados a_primeira_vez só_uma_vez vezes esporádico esporádica esporádicas
  pt intermitente intermitentes aleatoriamente ocasionalmente de_vez_em_quando horários_de_pico esporadicamente
  pt frequentemente
  de ein_einziges_mal einzelfall einzelfälle einmalig das_erste_mal zum_ersten_mal manchmal gelegentlich sporadisch
  de sporadische intermittierend zufällig hin_und_wieder ab_und_zu zeitweise unregelmäßig immer_wieder mitunter
  de stoßzeiten öfter häufig bisweilen zwischendurch
ITHAPPENS
  en could_not_reproduce couldn't_reproduce cannot_reproduce can't_reproduce unable_to_reproduce not_reproduce
  en cannot_be_reproduced could_not_be_reproduced
  en happens happen happened occurs occur occurred occurring reproduce reproduced recur recurs comes_up crops_up
  es ocurre ocurren sucede suceden pasa ocurrió sucedió
  fr se_produit se_produisent survient surviennent arrive_parfois
  pt acontece acontecem ocorre ocorrem aconteceu ocorreu
  de passiert tritt auftritt vorkommt geschieht
"""
