"""Ways around: that there are some, that one is used, that a second try passes, that nothing helps."""

WORDS = """
DETOUR
  en another_route another_path another_line another_provider another_vendor another_supplier another_gateway forwarding
  en redirecting redirection detour rerouting second_route secondary other_route
  es desvío desviar redirección
  fr renvoi déviation redirection
  pt desvio redirecionamento
  de umweg rufumleitung umleitung
BYWAY
  en console portal dashboard website web_interface web_ui web_app mobile_app desktop_app old_version older_version
  en previous_version old_api spare_number reserve_number second_number other_number
  en second_line spare_line
  es consola panel panel_web portal web número_de_reserva versión_anterior versión_antigua
  fr console portail interface_web site_web ancienne_version version_précédente tableau_de_bord
  pt console painel portal site número_reserva número_de_reserva versão_antiga versão_anterior
  de konsole portal weboberfläche website alte_version alten_version alte_api-version alten_api-version
  de ersatznummer reservenummer vorherige_version
BYHAND
  en by_hand manually one_by_one
  es a_mano manualmente
  fr à_la_main manuellement
  pt à_mão manualmente
  de von_hand manuell händisch
THATWAY
  en that_way this_way
  es por_ahí por_allí por_esa_vía por_ese_camino de_esa_forma de_esa_manera
  fr par_là par_ce_biais de_cette_façon
  pt por_aí por_lá por_essa_via desse_jeito dessa_forma
  de darüber auf_diesem_weg auf_diese_weise auf_dem_weg
THROUGH
  en from via through over using with by
  es desde por mediante con vía
  fr depuis par via avec
  pt desde por pelo pela via com
  de über durch mit aus via per
WA
  en no_other_way no_other_route workaround workarounds work-around way_around work_around fallback substitute bypass
  en bypassed plan_b stopgap interim_solution temporary_solution backup failover remedy alternative alternatives
  en second_route
  xx workaround workarounds backup fallback
  es alternativa alternativas solución_alternativa solución_temporal solución_provisional rodeo plan_b respaldo
  es solución_de_contorno
  fr contournement contourner solution_de_contournement solution_de_repli alternative solution_temporaire secours
  fr solution_provisoire plan_b repli
  pt alternativa alternativas solução_alternativa solução_de_contorno contorno solução_temporária plano_b contingência
  pt solução_provisória
  de umgehungslösung umgehung workaround ausweichlösung ausweichmöglichkeit übergangslösung notlösung behelfslösung
  de ausweichweg alternative alternativen ersatzlösung
ANOTHER
  en no_other_channel no_other_channels no_other_means no_other_option
  en other_channel other_channels other_means other_option other_options other_way other_route
  es otra_vía otro_canal otro_medio otra_opción
  fr autre_canal autre_moyen autre_voie autre_option
  pt outra_via outro_canal outro_meio outra_opção
  de anderer_kanal anderen_kanal anderen_weg andere_möglichkeit
MEANTIME
  en meanwhile in_the_meantime for_the_meantime until_then
  es entretanto mientras_tanto
  fr entre-temps
  pt entretanto
  de unterdessen solange so_lange
SWITCH
  en told_everyone_to told_customers_to told_people_to told_users_to told_our_customers_to asked_customers_to
  en taken_over took_over takes_over taking_over has_stepped_in stands_in standing_in for_the_moment switched_to
  en switch_to switching_to fall_back fell_back rerouted reroute routed_over routed_through instead goes_over go_over
  en diverted for_now traffic_was_moved failing_over failed_over sending_via falling_back temporarily diverting
  en switched_over for_the_time_being
  es ha_asumido asume_el_tráfico nos_cubre cambiamos_a mientras_tanto de_momento por_ahora pasamos_a desviamos
  es temporalmente
  fr pris_le_relais prend_le_relais assure_le_relais basculé en_attendant pour_l'instant basculons temporairement
  fr passons_par
  pt assumiu_o assume_o_tráfego está_cobrindo mudamos_para enquanto_isso por_enquanto desviamos temporariamente
  de leiten_wir wir_leiten leite_ich weichen_wir stellen_wir_um umgelenkt
  de übernimmt_den übernimmt_solange eingesprungen springt_ein hat_übernommen übernommen weichen_auf weiche_auf
  de wir_weichen vorerst derweil behelfsmäßig ausgewichen weichen_aus vorübergehend inzwischen_über umgestellt
  de umgeleitet einstweilen behelfen leiten_um einstweilig
USES
  en we_use using used uses use moved_to sent_via send_via over routes
  es usamos utilizamos enviamos_por usando
  fr nous_utilisons utilisons utilisant
  pt usamos utilizamos enviamos_por usando
  de nutzen verwenden wir_versenden versenden_wir nehmen
RETRY
  en refresh refreshing rejoin rejoining reconnecting reinstalling
  en the_second_time second_time second_attempts a_second_time another_attempt trying_twice sending_again retry retries
  en retrying second_try second_attempt trying_again resend resending reload reloading restart restarting rebooting
  en next_try retried restarted rebooted switching another_try
  es a_la_segunda al_segundo_intento en_la_segunda segundo_intento reintentar reintento reintentando reiniciar
  es reintentos reiniciamos
  fr à_la_deuxième au_deuxième_essai deuxième_essai la_deuxième_fois deuxième_tentative réessayer réessayant relancer
  fr redémarrer redémarré
  pt na_segunda na_segunda_vez segunda_tentativa de_segunda tentar_novamente reiniciar reiniciamos nova_tentativa
  de beim_zweiten_mal beim_zweiten_versuch zweiter_versuch im_zweiten_anlauf neustart erneuter_versuch neustarten
  de erneut_versuchen
RELIEF
  en brings_it_back brings_them_back bring_it_back made_a_difference makes_a_difference helps helped keeps_the_business
  en keeps_us_going gets_us_by does_the_job tides_us_over
  es sirve
  fr suffit
  de hilft
HELPS
  en cures cure
  en help helps helped succeed succeeds succeeded worked does_the_job carries carries_the does_work works passes
  en suffices
  es ayuda funciona sirve funcionó
  fr aide marche fonctionne suffit
  pt ajuda funciona resolve funcionou
  de hilft funktioniert klappt geht
USELESS
  en useless of_no_use
  es inútil
  fr inutile
  pt inútil
  de nutzlos
VAIN
  en in_vain no_luck does_nothing did_nothing to_no_avail without_success no_effect made_no_difference no_improvement
  en changes_nothing changed_nothing is_not_an_option isn't_an_option not_an_option
  en no_difference without_effect did_not_help does_not_help doesn't_help didn't_help same_result no_success
  es en_vano sin_éxito no_ayuda no_sirve sin_resultado no_cambia_nada no_cambió_nada
  fr en_vain sans_succès sans_effet ne_change_rien n'a_rien_changé n'aide_pas sans_résultat
  pt em_vão sem_sucesso não_ajuda não_adianta não_muda_nada não_mudou_nada sem_efeito sem_resultado
  de vergeblich ohne_erfolg hilft_nicht erfolglos ohne_wirkung half_nicht bringt_nichts ändert_nichts
"""
