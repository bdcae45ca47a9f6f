"""What goes wrong or right: outages, failures, degradation, what works, what was mended, and ways around."""

WORDS = """
STOPS
  en stopped stops ceased halted
  es parado detenido se_detuvo detuvieron
  fr arrêté arrêtés arrêtée
  pt parou pararam
  de stehengeblieben gestoppt
DETOUR
  en forwarding redirecting redirection detour rerouting second_route secondary other_route
  es desvío desviar redirección
  fr renvoi déviation redirection
  pt desvio redirecionamento
  de umweg rufumleitung umleitung
DOWN
  en down outage outages dead offline unavailable unreachable blackout out_of_order out_of_service standstill
  en goes_down gone_down total_failure unusable inoperable nothing_works is_out stands_still at_a_standstill
  en not_reachable not_available service_interruption total_loss brought_down is_blind stand_still knocked_out
  en unallocated not_operational unresponsive nonfunctional non-functional paralysed paralyzed went_down
  xx down offline blackout
  es caído caída caídos caídas caerse inaccesible inaccesibles inalcanzable fuera_de_servicio parado parada apagón
  es indisponible inoperativo inoperativa cayó se_cayó inutilizable no_disponible interrumpido interrumpida caen
  es cayera cayese muerta muerto inoperante
  fr en_panne panne panne_totale hors_service indisponible indisponibles injoignable injoignables inaccessible
  fr inaccessibles coupure_totale hors_ligne à_l'arrêt inutilisable interruption_totale tombe_en_panne morte
  pt fora_do_ar fora_de_serviço indisponível indisponíveis inacessível inacessíveis parado parada queda caiu apagão
  pt inoperante caído caída cair cai inutilizável paralisado paralisada
  de ausgefallen ausfall totalausfall ausfällt fällt_aus fallen_aus tot unerreichbar nicht_erreichbar lahmgelegt
  de nicht_verfügbar außer_betrieb steht_still stillstand komplettausfall gestört_total down lahm vollausfall
  de nicht_mehr_erreichbar offline fiel_aus fielen_aus
FAIL
  en come_back_with comes_back_with come_back_as ignored filtered fail fails failed failing failure failures
  en failover_fails broken break breaks breaking reject rejects rejected rejecting refuse refuses refused refusing
  en blocked denied deny denies errors_out turned_away bounce bounced bounces aborts aborted undelivered unsent
  en undeliverable declined declines faulty malfunction malfunctioning kaput ends_with end_with ended_with errors_with
  en busy_tone fast_busy unanswered_by_the_api no_route busy misbehaving stopped_working no_longer_works
  en ceased_to_work died dies blank_page turned_down interrupted nok
  fr occupé occupés filtrés filtre filtrent échoue échouent échoué échec échecs échouer échouaient erreur erreurs
  fr rejette rejettent rejeté rejetée rejetés rejetées refuse refusé refusée refusés refusées cassé cassée bloqué
  fr bloquée bloqués défaillance défaillant défaillante plante plantent dysfonctionnement
  es comunica comunican ocupado filtra filtran filtrados falla fallan fallo fallos fallando fallaba fallaban falló
  es fallaron fallado fallar error errores rechaza rechazan rechazada rechazadas rechazado rechazados roto rota avería
  es averías averiado bloqueado bloqueada bloqueadas denegado denegada rebota rebotan estropeado averiada fallida
  es fallidas fallidos
  pt ocupado filtra filtram filtradas falha falham falhou falharam falhando falhar falhas falhavam erro erros rejeita
  pt rejeitam rejeitada rejeitadas rejeitado rejeitados recusa recusado recusada recusadas quebrado quebrada bloqueado
  pt bloqueada bloqueadas pane
  de besetzt gefiltert fehlschlagen fehlschlägt fehlgeschlagen fehl scheitern scheitert gescheitert fehler abgelehnt
  de abgewiesen verweigert zurückgewiesen defekt kaputt fehlerhaft blockiert gestört störung störungen scheiterten
  de versagt streikt fehlgeschlagene
ERR
  en error errors exception exceptions 500 502 503 504 408 401 403 400 404 429 5xx 4xx timeout_error stacktrace
  en bad_gateway internal_error service_unavailable error_code errored
  xx 500 502 503 504 5xx error timeout exception
LOSS
  en stuck hang hangs hanging hung timeouts time_out times_out timed_out timing_out timeout lost lose loses losing
  en crash crashes crashed crashing missing vanish vanishes disappear disappears silent silence queued blank black
  en stalled stall stalls pending_forever remain_queued freeze freezes frozen empty lacks lack swallowed econnreset
  en handshake_errors skipped disappearing unprocessed lacking idle_forever held_back
  es atascado atascados atascada atascadas se_pierden perdidos perdidas pierde bloquea cuelga cuelgan colgado faltan
  es falta tiempo_de_espera se_agota en_cola desaparecen se_queda
  fr perdus perdues perdu perdue bloqués_en plante figé figée manquants manquantes manquant manque manquent
  fr restent_en_file disparaissent expire expirent délai_d'attente
  pt presos presa perdidas perdidos perdido trava travam travado faltando faltam falta na_fila tempo_limite expira
  pt travada somem
  de hängt hängen verloren verschwinden verschwunden abgestürzt absturz stürzt fehlt fehlen fehlende
  de zeitüberschreitung timeouts warteschlange_fest stecken bleiben_hängen eingefroren stumm
DEG
  en slow slower slowly slowness sluggish delay delays delayed late latency lag lags lagging laggy poor degraded
  en degradation choppy crackling crackle crackles robotic distorted distortion jitter jittery echo echoes noise noisy
  en static garbled scrambled duplicate duplicates duplicated twice truncated cut cuts drop drops dropped dropping
  en dropouts dropout disconnect disconnects disconnected disconnecting wrong wrongly incorrect incorrectly inaccurate
  en unstable flap flaps flapping stutter stutters stuttering mispronounces misrouted congestion congested breaks_up
  en break_up breaking_up one-way unidirectional inconsistent corrupted mangled question_marks out_of_order_parts
  en spoiled falls_back unusually high_rate wait_minutes minutes_late hours_late minutes_later hours_later days_later
  en held_back held_up post-dial quality wait expired outdated_data takes_longer take_up_to take_minutes take_hours
  en thrown_out dropped_off loses_its overloaded wait_for_their spam_likely too_long robotic_voices cut_off hung_up
  en hang_up hangs_up not_recorded double clipped underperforming overlap unintelligible grows leak leaks increased
  en rise rose spike spikes memory_use higher rising seconds_late pickup_delay takes_ages takes_up_to fade fades
  en buzzing muffled
  es lento lenta lentos lentas lentitud retraso retrasos retrasado demora demoras tarde tardan tarda eco ruido cortes
  es corte corta cortan entrecortado entrecortada entrecortadas duplicado duplicados duplicada duplicadas degradado
  es degradada latencia incorrecto incorrecta mala calidad intermitencia inestable desconecta desconectan retrasa
  es retrasan demasiado_tiempo distorsionado pixelado
  fr lent lente lents lentes lenteur retard retards tardivement écho bruit coupures coupure coupé coupés coupées
  fr hachée haché doublons doublon dégradé dégradée dégradation latence incorrect incorrecte mauvaise qualité instable
  fr déconnecte déconnectent grésillements ralenti ralentissement ralentissements se_coupent se_coupe double deux_fois
  fr décousue
  pt lento lenta lentos lentas lentidão atraso atrasos atrasado atrasados demora demoram demorando eco ruído cortes
  pt cortando caindo duplicado duplicados duplicada duplicadas degradado degradada latência incorreto incorreta ruim
  pt qualidade instável desconecta desconectam picotando picotada oscilação oscilações
  de langsam langsamer verzögert verzögerte verzögerung verzögerungen verspätet verspätete spät später echo rauschen
  de abgehackt abbrüche abbrechen bricht_ab brechen_ab brechen bricht abgebrochen doppelt doppelte falsch falsche
  de falscher qualität schlecht schlechte schlechter instabil aussetzer knacken knistern ruckelt stockt stocken
  de verzerrt latenz dauert unvollständig gekürzt beeinträchtigt beeinträchtigung
INTER
  en sometimes intermittent intermittently sporadic sporadically occasional occasionally random randomly at_random
  en now_and_then from_time_to_time at_times on_and_off every_now_and_then once_in_a_while every_few irregular
  en irregularly periodically repeatedly frequently often at_peak peak_times peak_hours several_times_a a_day
  en times_an_hour busy_hour every_few_days once_or_twice unpredictable unpredictably here_and_there keep_timing
  en came_and_went comes_and_goes time_to_time again_and_again rarely infrequently off_and_on erratic erratically
  en under_load at_each_full_hour per_cent percent usually
  es veces esporádico esporádica esporádicos esporádicas esporádicamente intermitente intermitentes aleatorio
  es aleatoriamente intermitentemente de_vez_en_cuando ocasionalmente a_ratos frecuentemente horas_punta
  fr parfois intermittent intermittente intermittents intermittentes aléatoire aléatoirement sporadique sporadiques
  fr temps_en_temps occasionnellement par_moments souvent de_façon_intermittente quelquefois heures_de_pointe
  pt vezes esporádico esporádica esporádicas intermitente intermitentes aleatoriamente ocasionalmente de_vez_em_quando
  pt horários_de_pico esporadicamente frequentemente
  de manchmal gelegentlich sporadisch sporadische intermittierend zufällig hin_und_wieder ab_und_zu zeitweise
  de unregelmäßig immer_wieder mitunter stoßzeiten öfter häufig bisweilen zwischendurch
ACT
  en send sends sent sending receive receives received receiving deliver delivers delivered delivering arrive arrives
  en arrived arriving connect connects connected connecting reach reaches reached reaching get_through gets_through
  en got_through go_through goes_through going_through go_out goes_out going_out leave leaves come_in comes_in come
  en ring rings ringing place placed dial dialled respond responds answer answers complete completes completed
  en register registers registered join joins pass passes passed turn_up appear appears fire fires fired trigger
  en triggered call calls called make process processed accept accepts accepted possible available open opens opened
  en start starts started run runs load loads loaded establish established succeed succeeds gets get got sign_in
  en log_in login logs_in logging_in authenticate operate operates published called_back verify transmit transmitted
  en show_up submitted reach_us ring_out handled use return returns access pick_up works_through come_through
  en comes_through forwarded shows_up post posts obtain enter_queue
  es enviar envía envían enviado enviados enviada envío recibir recibe reciben recibo recibimos recibido recibida
  es entrega entregan entregar entregado entregados entregada entregadas llega llegan llegar llegó llegaron conecta
  es conectan conectar conectarse entra entran sale salen salir completa completan registrar registra responde
  es responden contesta llamar realizar hacer_llamadas podemos puede pueden posible recibieron suena suenan establece
  es establecen envió autentica acceder
  fr envoyer envoie envoient envoyé envoyés envoyée envoyées recevoir reçoit reçoivent reçu reçus reçue reçues
  fr recevons livrer livré livrés livrée livrées arrive arrivent arriver arrivé aboutit aboutissent aboutir part
  fr partent partir passe passent passer connecte connectent connecter sonne sonnent répond répondent appeler joindre
  fr possible enregistre entre distribué distribués acheminé acheminés émettre accéder émis établi
  pt enviar envia enviam enviado enviados enviada enviadas receber recebe recebem recebido recebida recebemos entregar
  pt entrega entregue entregues chega chegam chegar chegou chegaram conecta conectam conectar completa completam
  pt completar sai saem sair entra entram registra responde respondem ligar consegue conseguem conseguimos possível
  pt toca tocam acessar
  de senden sendet gesendet versenden versendet verschickt empfangen empfängt empfing erhalten erhält zugestellt
  de zustellen ankommen kommt kommen angekommen an verbinden verbindet verbunden verbindung aufgebaut klingeln
  de klingelt erreichen erreicht anrufen angerufen telefonieren registrieren registriert antwortet antworten möglich
  de durchkommen durch rein raus raus_kommt geht gehen ausgeliefert einloggen anmelden zustandekommen zustande
  de angenommen weitergeleitet abgehen startet funktionsfähig
WORK
  en work works worked working function functions functioning operational
  xx ok okay
  es funciona funcionan funcionaba funcionaban funcionando funcionar funcionó operativo operativa
  fr fonctionne fonctionnent fonctionnait fonctionnaient fonctionner marche marchent opérationnel opérationnelle
  pt funciona funcionam funcionava funcionavam funcionando funcionar funcionou operacional
  de funktioniert funktionieren funktionierte funktionierten läuft laufen lief liefen klappt klappen geht_wieder
FINE
  en fine normal normally healthy green correct correctly well flawless flawlessly perfectly unaffected great clean
  en in_order untouched problem-free smoothly carried instant clear as_expected good up running reachable
  es bien normal normales normalmente correcto correctamente perfecto perfectamente sin_problemas en_orden
  fr bien normal normale normalement correct correctement parfaitement en_ordre sans_problème
  pt bem normal normais normalmente correto corretamente perfeitamente sem_problemas em_ordem
  de normal einwandfrei gut korrekt problemlos in_ordnung fehlerfrei reibungslos ordnungsgemäß
HEAR
  en hear hears heard hearing audio sound voice_heard understand speech
  es audio oír oye oyen escucha escuchan escuchar sonido
  fr entendre entend entendent son audio
  pt áudio ouvir ouve ouvem som
  de hört hören gehört ton audio hörbar
PROB
  en problem problems issue issues trouble troubles bug bugs incident incidents fault faults defect unexpected
  en unexpectedly strange weird incorrectly_handled affects affected impacted suffer suffers suffering
  es problema problemas incidencia incidencias incidente defecto afectado afectada afectados
  fr problème problèmes incident incidents souci soucis anomalie défaut bogue touchés touché concernés
  pt problema problemas incidente incidentes defeito afetado afetada afetados
  de problem probleme problemen vorfall defekt betroffen mangel schwierigkeiten
RETURN
  en is_back are_back back_again came_back comes_back has_returned have_returned returned reappeared
  es volvió vuelve ha_vuelto reapareció
  fr est_revenu est_revenue revient revenus
  pt voltou voltaram reapareceu
  de ist_zurück zurückgekehrt wieder_aufgetreten tritt_wieder_auf
SHOW
  en honoured honored recognised recognized used applied shown displayed display show shows updated recorded saved
  en stored match matches matched detected detect visible synced played play plays counted listed load rendered
  en refreshed credited stopped logged transcribed charged released attached translated parsed reported_back record
  en records recognise recognize update supported listen show_any start_ringing
  es muestra muestran graba graban registra reconoce guarda aparece aparecen actualiza
  fr affiche affichent enregistre enregistrés enregistrées reconnaît reconnus apparaît apparaissent
  pt mostra mostram grava gravam reconhece aparece aparecem atualiza
  de angezeigt aufgezeichnet aufzeichnen erkannt gespeichert erscheint erscheinen übernommen aktualisiert abgespielt
FIXED
  en resolved fixed solved recovered restored mended cured cleared is_over it_is_over back_to_normal up_again
  en works_again working_again normal_again fine_again no_longer_happens no_longer_occurs no_longer_an_issue
  en back_online back_up rectified remedied ended has_ended repaired came_back_up all_good_now back_in_service healed
  en stopped_happening disappeared_by_itself went_away gone_now work_again connects_again well_again
  en came_back_by_itself settled subsided all_is_well no_longer_see connect_again
  es resuelto resuelta resueltos solucionado solucionada arreglado arreglada restablecido restablecida recuperado
  es normalizado normalizada ya_funciona ya_funcionan volvió_a_funcionar vuelve_a_funcionar se_resolvió se_solucionó
  es ya_está_bien reparado reparada se_recuperó ya_no_ocurre
  fr résolu résolue résolus réglé réglée rétabli rétablie corrigé corrigée réparé réparée refonctionne est_revenu
  fr revenu_à_la_normale de_nouveau_opérationnel fonctionne_à_nouveau marche_à_nouveau est_terminé terminée
  fr fonctionne_de_nouveau rentré_dans_l'ordre revenue_à_la_normale fonctionnent_à_nouveau
  pt resolvido resolvida resolvidos solucionado solucionada corrigido corrigida restabelecido restabelecida
  pt normalizado normalizada já_voltou voltou_a_funcionar voltou_ao_normal recuperado já_funciona consertado
  pt voltaram_a_funcionar já_está_funcionando
  de behoben gelöst erledigt repariert wiederhergestellt funktioniert_wieder geht_wieder läuft_wieder vorbei
  de wieder_normal beseitigt wieder_in_ordnung laufen_wieder funktionieren_wieder wieder_da beendet wieder_verfügbar
  de wieder_erreichbar
WA
  en no_other_way no_other_route workaround workarounds work-around way_around work_around fallback substitute bypass
  en bypassed plan_b stopgap interim_solution temporary_solution backup failover remedy alternative alternatives
  en second_route
  xx workaround workarounds
  es alternativa alternativas solución_alternativa solución_temporal solución_provisional rodeo plan_b respaldo
  es solución_de_contorno
  fr contournement contourner solution_de_contournement solution_de_repli alternative solution_temporaire secours
  fr solution_provisoire plan_b repli
  pt alternativa alternativas solução_alternativa solução_de_contorno contorno solução_temporária plano_b contingência
  pt solução_provisória
  de umgehungslösung umgehung workaround ausweichlösung ausweichmöglichkeit übergangslösung notlösung behelfslösung
  de ausweichweg alternative alternativen ersatzlösung
SWITCH
  de vorerst derweil behelfsmäßig ausgewichen weichen_aus vorübergehend inzwischen_über umgestellt umgeleitet
  de einstweilen behelfen leiten_um einstweilig
  en switched_to switch_to switching_to fall_back fell_back rerouted reroute routed_over routed_through instead
  en goes_over go_over diverted for_now in_the_meantime traffic_was_moved failing_over failed_over sending_via
  en falling_back temporarily diverting switched_over for_the_time_being
  es cambiamos_a mientras_tanto de_momento por_ahora pasamos_a desviamos temporalmente
  fr basculé en_attendant pour_l'instant basculons temporairement passons_par
  pt mudamos_para enquanto_isso por_enquanto desviamos temporariamente
USES
  en we_use using used moved_to sent_via send_via over use routes
  es usamos utilizamos enviamos_por usando
  fr nous_utilisons utilisons utilisant
  pt usamos utilizamos enviamos_por usando
  de nutzen verwenden wir_versenden versenden_wir nehmen
RETRY
  en retry retries retrying second_try second_attempt trying_again resend resending reload reloading restart
  en restarting rebooting next_try retried restarted rebooted switching another_try
  es reintentar reintento reintentando reiniciar reintentos reiniciamos
  fr réessayer réessayant relancer redémarrer redémarré
  pt tentar_novamente reiniciar reiniciamos nova_tentativa
  de neustart erneuter_versuch neustarten erneut_versuchen
RELIEF
  en helps helped keeps_the_business keeps_us_going gets_us_by does_the_job tides_us_over
  es sirve
  fr suffit
  de hilft
HELPS
  en help helps helped succeed succeeds succeeded worked does_the_job carries carries_the does_work works passes
  en suffices
  es ayuda funciona sirve funcionó
  fr aide marche fonctionne suffit
  pt ajuda funciona resolve funcionou
  de hilft funktioniert klappt geht
VAIN
  en in_vain no_luck does_nothing did_nothing to_no_avail without_success no_effect made_no_difference no_improvement
  en no_difference without_effect did_not_help does_not_help doesn't_help didn't_help same_result no_success
  es en_vano sin_éxito no_ayuda no_sirve sin_resultado no_cambia_nada
  fr en_vain sans_succès sans_effet ne_change_rien n'aide_pas sans_résultat
  pt em_vão sem_sucesso não_ajuda não_adianta sem_efeito sem_resultado
  de vergeblich ohne_erfolg hilft_nicht erfolglos ohne_wirkung half_nicht bringt_nichts
"""
