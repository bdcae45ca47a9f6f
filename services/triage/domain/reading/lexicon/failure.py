"""What goes wrong or right: outages, failures, degradation, what works, what was mended."""

WORDS = """
STOPS
  en stopped stops ceased halted
  es parado detenido se_detuvo detuvieron
  fr arrêté arrêtés arrêtée
  pt parou pararam
  de stehengeblieben gestoppt
DOWN
  en full_stop complete_stop to_a_halt to_a_stop not_up isn't_up aren't_up wasn't_up
  en blind down outage outages dead offline unavailable unreachable blackout is_out_of_order are_out_of_order
  en out_of_service standstill goes_down gone_down total_failure unusable inoperable nothing_works is_out stands_still
  en at_a_standstill not_reachable not_available service_interruption total_loss brought_down is_blind stand_still
  en knocked_out unallocated not_operational unresponsive nonfunctional non-functional paralysed paralyzed went_down
  fr n'avons_plus_de_service n'a_plus_de_service n'ont_plus_de_service n'y_a_plus_de_service n'avons_pas_de_service
  fr tout_est_coupé tout_coupé en_panne panne panne_totale hors_service indisponible indisponibles injoignable
  fr injoignables inaccessible inaccessibles coupure_totale hors_ligne à_l'arrêt inutilisable interruption_totale
  fr tombe_en_panne morte
  es no_hay_servicio ya_no_hay_servicio no_tenemos_servicio todo_cortado todo_está_cortado ca/er interrump/ir
  es totalmente_parado sin_servicio caído caída caídos caídas caerse
  es inaccesible inaccesibles inalcanzable fuera_de_servicio parado parada apagón indisponible inoperativo inoperativa
  es cayó se_cayó inutilizable no_disponible interrumpido interrumpida caen cayera cayese muerta muerto inoperante
  pt não_há_serviço já_não_há_serviço não_temos_serviço tudo_cortado ca/ir interromp/er fora_do_ar fora_de_serviço
  pt indisponível indisponíveis inacessível inacessíveis
  pt parado parada queda caiu apagão inoperante caído caída cair cai inutilizável paralisado paralisada
  de alles_weg ausfall/en steht_komplett steht_seit stehen_seit weg still steht_still ausgefallen ausfall totalausfall
  de ausfällt fällt_aus fallen_aus tot unerreichbar nicht_erreichbar lahmgelegt nicht_verfügbar außer_betrieb stillstand
  de komplettausfall gestört_total down lahm vollausfall nicht_mehr_erreichbar offline fiel_aus fielen_aus
  xx down offline blackout
FAIL
  en number_of_failed number_of_failures number_of_undelivered number_of_rejected
  xx failed undelivered rejected blocked
  en failure_rate error_rate fail/ reject/ refus/e block/ den/y bounc/e abort/ declin/e malfunction/ come_back_with
  en comes_back_with come_back_as ignored filtered fail fails failed failing failure failures failover_fails broken
  en break breaks breaking reject rejects rejected rejecting refuse refuses refused refusing blocked denied deny denies
  en errors_out turned_away bounce bounced bounces aborts aborted undelivered unsent undeliverable declined declines
  en faulty malfunction malfunctioning kaput ends_with end_with ended_with errors_with busy_tone fast_busy
  en unanswered_by_the_api no_route busy misbehaving stopped_working no_longer_works ceased_to_work died dies blank_page
  en turned_down interrupted nok
  es fall/ar rechaz/ar bloque/ar deneg/ar rebot/ar fracas/ar comunica comunican ocupado filtra filtran filtrados falla
  es fallan fallo fallos fallando fallaba fallaban falló fallaron fallado fallar error errores rechaza rechazan
  es rechazada rechazadas rechazado rechazados roto rota avería averías averiado bloqueado bloqueada bloqueadas denegado
  es denegada rebota rebotan estropeado averiada fallida fallidas fallidos
  fr échou/er rejet/er refus/er bloqu/er cass/er plant/er occupé occupés filtrés filtre filtrent échoue échouent échoué
  fr échec échecs échouer échouaient erreur erreurs rejette rejettent rejeté rejetée rejetés rejetées refuse refusé
  fr refusée refusés refusées cassé cassée bloqué bloquée bloqués défaillance défaillant défaillante plante plantent
  fr dysfonctionnement
  pt falh/ar rejeit/ar recus/ar bloque/ar neg/ar quebr/ar ocupado filtra filtram filtradas falha falham falhou falharam
  pt falhando falhar falhas falhavam erro erros rejeita rejeitam rejeitada rejeitadas rejeitado rejeitados recusa
  pt recusado recusada recusadas quebrado quebrada bloqueado bloqueada bloqueadas pane
  de scheiter/n verweiger/n blockier/en versag/en streik/en ablehn/en abweis/en besetzt gefiltert fehlschlagen
  de fehlschlägt fehlgeschlagen fehl scheitern scheitert gescheitert fehler abgelehnt abgewiesen verweigert
  de zurückgewiesen defekt kaputt fehlerhaft blockiert gestört störung störungen scheiterten versagt streikt
  de fehlgeschlagene
ERR
  en bad_request
  es mensaje_de_error mensajes_de_error correo_de_error correos_de_error código_de_error
  fr message_d'erreur messages_d'erreur mail_d'erreur mails_d'erreur code_d'erreur
  pt mensagem_de_erro mensagens_de_erro código_de_erro
  de fehlermail fehlermails fehlermeldungen
  en error errors exception exceptions 500 502 503 504 408 401 403 400 404 429 5xx 4xx timeout_error stacktrace
  en bad_gateway internal_error service_unavailable error_code errored
  xx 500 502 503 504 5xx error timeout exception
BLANK
  en white_page blank_page blank white stays_white empty_page
  es página_en_blanco en_blanco
  fr page_blanche
  pt página_em_branco em_branco tela_branca
  de weiße_seite leere_seite
LOSS
  en missed
  en white_page stays_white empty_page
  es página_en_blanco
  fr page_blanche
  pt página_em_branco tela_branca
  de weiße_seite leere_seite
  xx queued pending unsent
  en unregistered deregistered de-registered logged_off signed_out loses_registration unregisters vanish/ disappear/
  en crash/ stall/ hang/ freez/e los/e stuck hang hangs hanging hung timeouts time_out times_out timed_out timing_out
  en timeout lost lose loses losing crash crashes crashed crashing missing vanish vanishes disappear disappears silent
  en silence queued blank black stalled stall stalls pending_forever remain_queued freeze freezes frozen empty lacks
  en lack swallowed econnreset handshake_errors skipped disappearing unprocessed lacking idle_forever held_back
  es desregistrado desregistrada desregistrados se_desregistra desaparec/er perd/er colg/ar congel/ar atasc/ar atascado
  es atascados atascada atascadas se_pierden perdidos perdidas pierde bloquea cuelga cuelgan colgado faltan falta
  es mudo muda mudos mudas tiempo_de_espera se_agota en_cola desaparecen se_queda
  fr désenregistré désenregistrés désenregistrées disparaît perd/re fig/er perdus perdues perdu perdue bloqués_en plante
  fr figé figée manquants manquantes manquant manque manquent restent_en_file disparaissent expire expirent
  fr délai_d'attente muet muets muette muettes
  pt desregistrado desregistrados desaparec/er perd/er trav/ar congel/ar sum/ir presos presa perdidas perdidos perdido
  pt mudo muda mudos mudas trava travam travado faltando faltam falta na_fila tempo_limite expira travada somem
  de abgemeldet verschwind/en verlier/en abstürz/en hänge/n einfrier/en hängt hängen verloren verschwinden verschwunden
  de abgestürzt absturz stürzt fehlt fehlen fehlende zeitüberschreitung timeouts warteschlange_fest stecken
  de bleiben_hängen eingefroren stumm
ENDS
  en is_cut get_cut gets_cut are_cut
  en thrown_out kicked_out
  en drop drops dropped disconnect disconnects disconnected hang_up hangs_up hung_up cut_off cuts_off cut_short dies
  es se_corta se_cortan cortada cortadas cae caen
  fr coupés coupé coupées se_coupe se_coupent raccroche raccrochent
  pt cai caem cortada cortadas desliga desligam
  de fällt fallen bricht_ab brechen_ab abgebrochen getrennt abbricht abreißt
DEG
  en is_cut get_cut gets_cut are_cut
  en doubled tripled soared jumped climbed kicked_out
  en bad badly worse worsens worsening
  en service_degradation service_disruption phantom ghost nobody_on_the_line no_one_on_the_line two_or_three_times
  en multiple_copies several_copies multiple_times
  es se_corta se_cortan
  en forever endlessly endless never-ending out_of_order wrong_order slowed_down slow_down slows_down slowing_down
  en drop/p delay/ disconnect/ distort/ degrad/e duplicat/e truncat/e stutter/ echo/ garbl/e lag/g flicker/ crackl/e
  en slow slower slowly slowness sluggish delay delays delayed late latency lag lags lagging laggy poor degraded
  en degradation choppy crackling crackle crackles robotic distorted distortion jitter jittery echo echoes noise noisy
  en static garbled scrambled duplicate duplicates duplicated twice truncated cut cuts drop drops dropped dropping
  en dropouts dropout disconnect disconnects disconnected disconnecting wrong wrongly incorrect incorrectly inaccurate
  en unstable flap flaps flapping stutter stutters stuttering mispronounces misrouted congestion congested breaks_up
  en break_up breaking_up one-way unidirectional inconsistent corrupted mangled question_marks out_of_order_parts
  en spoiled falls_back unusually high_rate wait_minutes minutes_late hours_late minutes_later hours_later days_later
  en held_back held_up post-dial quality wait expired outdated_data takes_longer take_up_to take_minutes take_hours
  en thrown_out dropped_off loses_its overloaded wait_for_their spam_likely too_long robotic_voices cut_off hung_up
  en hang_up hangs_up not_recorded double clipped underperforming overlap unintelligible grows leak leaks increased rise
  en rose spike spikes memory_use higher rising seconds_late pickup_delay takes_ages takes_up_to fade fades buzzing
  en muffled metallic tinny
  es sin_parar se_queda_pegada se_quedan_pegadas retras/ar cort/ar duplic/ar degrad/ar demor/ar desconect/ar
  es distorsion/ar trunc/ar lento lenta lentos lentas lentitud retraso retrasos retrasado demora demoras tarde tardan
  es tarda eco ruido cortes corte corta cortan entrecortado entrecortada entrecortadas duplicado duplicados duplicada
  es duplicadas degradado degradada latencia incorrecto incorrecta mala calidad intermitencia inestable desconecta
  es desconectan retrasa retrasan demasiado_tiempo distorsionado pixelado
  fr sans_fin retard/er coup/er dégrad/er déconnect/er doubl/er tronqu/er hach/er brouill/er lent lente lents lentes
  fr lenteur retard retards tardivement écho bruit coupures coupure coupé coupés coupées hachée haché doublons doublon
  fr dégradé dégradée dégradation latence incorrect incorrecte mauvaise qualité instable déconnecte déconnectent
  fr grésillements ralenti ralentissement ralentissements se_coupent se_coupe double deux_fois décousue
  pt sem_parar atras/ar cort/ar duplic/ar degrad/ar demor/ar desconect/ar distorc/er trunc/ar lento lenta lentos lentas
  pt lentidão atraso atrasos atrasado atrasados demora demoram demorando eco ruído cortes cortando caindo duplicado
  pt duplicados duplicada duplicadas degradado degradada latência incorreto incorreta ruim qualidade instável desconecta
  pt desconectam picotando picotada oscilação oscilações
  de endlos ewig verzöger/n verspät/en stock/en ruckel/n knack/en verzerr/en rausch/en hall/en unterbrech/en langsam
  de langsamer verzögert verzögerte verzögerung verzögerungen verspätet verspätete spät später echo rauschen abgehackt
  de abbrüche abbrechen bricht_ab brechen_ab brechen bricht abgebrochen doppelt doppelte falsch falsche falscher
  de qualität schlecht schlechte schlechter instabil aussetzer knacken knistern ruckelt stockt stocken verzerrt latenz
  de dauert unvollständig gekürzt beeinträchtigt beeinträchtigung
RECORDS
  es mensaje_de_error mensajes_de_error correo_de_error correos_de_error
  fr message_d'erreur messages_d'erreur mail_d'erreur mails_d'erreur
  pt mensagem_de_erro mensagens_de_erro
  de fehlermail fehlermails fehlermeldungen
  en log logs logfile mail mails email emails monitor monitoring alert alerts alarm dashboard panel console display
  en warning warnings
  es registro registros correo panel consola alerta alertas
  fr journal journaux courriel mail tableau_de_bord console alerte alertes
  pt registro registros e-mail painel console alerta alertas
  de protokoll log logs logbuch mail mails portal konsole anzeige warnung warnungen
ACT
  en push/ passed_on handed_over
  en left pick_up picked_up ring_out dial_out get_out gets_out phone_us ring_us talk_to reachable coming_in
  en coming_through send/ receiv/e deliver/ arriv/e connect/ reach/ respond/ answer/ complet/e register/ join/ pass/
  en appear/ fir/e trigger/ process/ accept/ open/ start/ load/ establish/ succeed/ operat/e publish/ transmit/ submit/t
  en forward/ obtain/ call/ dial/l ring/ plac/e authenticat/e authoris/e authoriz/e verif/y provision/ rout/e went_out
  en went_through comes_out came_out came_in gets_in get_in send sends sent sending receive receives received receiving
  en deliver delivers delivered delivering arrive arrives arrived arriving connect connects connected connecting reach
  en reaches reached reaching get_through gets_through got_through go_through goes_through going_through go_out goes_out
  en going_out leave leaves come_in comes_in come ring rings ringing place placed dial dialled respond responds answer
  en answers complete completes completed register registers registered join joins pass passes passed turn_up appear
  en appears fire fires fired trigger triggered call calls called make process processed accept accepts accepted
  en possible available open opens opened start starts started run runs load loads loaded establish established succeed
  en succeeds gets get got sign_in log_in login logs_in logging_in authenticate operate operates published called_back
  en verify transmit transmitted show_up submitted reach_us handled use return returns access works_through come_through
  en comes_through forwarded shows_up post posts obtain enter_queue
  es entrar descolgar coger_llamadas contestar marcar envi/ar recib/ir entreg/ar lleg/ar conect/ar complet/ar registr/ar
  es respond/er contest/ar llam/ar realiz/ar son/ar establec/er autentic/ar acced/er marc/ar transmit/ir proces/ar
  es acept/ar abr/ir carg/ar logr/ar ingres/ar dispar/ar pas/ar curs/ar reenvi/ar obten/er mand/ar despach/ar salía
  es salían llegaba llegaban entraba entraban enviaba recibía sonaban llamarnos enviar envía envían enviado enviados
  es enviada envío recibir recibe reciben recibo recibimos recibido recibida entrega entregan entregar entregado
  es entregados entregada entregadas llega llegan llegar llegó llegaron conecta conectan conectar conectarse entra
  es entran sale salen salir completa completan registrar registra responde responden contesta llamar realizar
  es hacer_llamadas podemos puede pueden posible recibieron suena suenan establece establecen envió autentica acceder
  fr décrocher téléphoner peut peuvent pouvons parti partis partie parties sorti sortis envoy/er livr/er arriv/er
  fr pass/er connect/er sonn/er appel/er enregistr/er distribu/er achemin/er about/ir transmett/re accept/er trait/er
  fr charg/er déclench/er accéd/er compos/er joind/re répond/re reçoi valid/er démarr/er partait partaient arrivait
  fr arrivaient repart repartent fonctionnait recevait sonnaient aboutissait envoyer envoie envoient envoyé envoyés
  fr envoyée envoyées recevoir reçoit reçoivent reçu reçus reçue reçues recevons livrer livré livrés livrée livrées
  fr arrive arrivent arriver arrivé aboutit aboutissent aboutir part partent partir passe passent passer connecte
  fr connectent connecter sonne sonnent répond répondent appeler joindre possible enregistre entre distribué distribués
  fr acheminé acheminés émettre accéder émis établi
  pt entrar pode podem podemos completar discar pass/ar cheg/ar envi/ar receb/er entreg/ar conect/ar complet/ar
  pt registr/ar
  pt respond/er lig/ar consegu/ir toc/ar acess/ar process/ar aceit/ar abr/ir carreg/ar dispar/ar encaminh/ar transmit/ir
  pt disc/ar atend/er estabelec/er mand/ar saía saíam chegava chegavam entrava entravam recebia tocavam falar enviar
  pt envia enviam enviado enviados enviada enviadas receber recebe recebem recebido recebida recebemos entregar entrega
  pt entregue entregues chega chegam chegar chegou chegaram conecta conectam conectar completa completam sai saem sair
  pt entra entram registra responde respondem ligar consegue conseguem conseguimos possível toca tocam acessar
  de abheben rangehen durchstellen kann können send/en versend/en verschick/en schick/en empfang/en zustell/en ankomm/en
  de verbind/en klingel/n erreich/en registrier/en antwort/en start/en lad/en öffn/en übertrag/en telefonier/en wähl/en
  de ausliefer/n verarbeit/en annehm/en beantwort/en authentifizier/en übermittel/n aufbau/en bekommt bekommen kriegt
  de kriegen bekam erreichbar klingelten gingen kamen ging kam ankamen läutet senden sendet gesendet versenden versendet
  de verschickt empfangen empfängt empfing erhalten erhält zugestellt zustellen ankommen kommt kommen angekommen an
  de verbinden verbindet verbunden verbindung aufgebaut klingeln klingelt erreichen erreicht anrufen angerufen
  de telefonieren registrieren registriert antwortet antworten möglich durchkommen durch rein raus raus_kommt geht gehen
  de ausgeliefert einloggen anmelden zustandekommen zustande angenommen weitergeleitet abgehen startet funktionsfähig
WORK
  en reliable reliably dependable
  en is_up are_up up_and_running running work/ function/ work works worked working function functions functioning
  en operational
  es funcion/ar march/ar oper/ar funciona funcionan funcionaba funcionaban funcionando funcionar funcionó operativo
  es operativa
  fr fonctionn/er march/er fonctionne fonctionnent fonctionnait fonctionnaient fonctionner marche marchent opérationnel
  fr opérationnelle
  pt funcion/ar oper/ar funciona funcionam funcionava funcionavam funcionando funcionar funcionou operacional
  de funktionier/en klapp/en funktioniert funktionieren funktionierte funktionierten läuft laufen lief liefen klappt
  de klappen geht_wieder
  xx ok okay
FINE
  es con_normalidad
  pt com_normalidade
  en fine normal normally healthy green correct correctly well flawless flawlessly perfectly unaffected great clean
  en in_order untouched problem-free smoothly carried instant clear as_expected good
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
OUTAGE
  en outage outages blackout failure failures fault faults disruption error errors problem problems issue incident
  es caída avería apagón fallo fallos error errores problema problemas incidencia
  fr panne coupure défaillance erreur erreurs problème problèmes incident
  pt queda pane apagão falha falhas erro erros problema problemas incidente
  de störung ausfall totalausfall fehler problem problème vorfall
GONE
  en gone vanished disappeared
  es desapareció desaparecido
  fr disparu
  pt desapareceu sumiu
  de weg verschwunden
RETURN
  en is_back are_back back_again came_back comes_back has_returned have_returned returned reappeared
  es volvió vuelve ha_vuelto está_de_vuelta reapareció
  fr est_revenu est_revenue est_de_retour revient revenus
  pt voltou voltaram está_de_volta reapareceu
  de wieder_da ist_zurück zurückgekehrt wieder_aufgetreten tritt_wieder_auf
SHOW
  en display/ record/ sav/e match/ detect/ play/ transcrib/e refresh/ recognis/e recogniz/e render/ honoured honored
  en recognised recognized used applied shown displayed display show shows updated recorded saved stored match matches
  en matched detected detect visible synced played play plays counted listed load rendered refreshed credited stopped
  en logged transcribed charged released attached translated parsed reported_back record records recognise recognize
  en update supported listen show_any start_ringing
  es grab/ar guard/ar muestr/ar reconoc/er actualiz/ar aparec/er reproduc/ir detect/ar muestra muestran graba graban
  es registra reconoce guarda aparece aparecen actualiza
  fr enregistr/er affich/er jou/er détect/er affiche affichent enregistre enregistrés enregistrées reconnaît reconnus
  fr apparaît apparaissent
  pt grav/ar mostr/ar guard/ar reconhec/er atualiz/ar aparec/er reproduz/ir detect/ar mostra mostram grava gravam
  pt reconhece aparece aparecem atualiza
  de anzeig/en aufzeichn/en speicher/n erkenn/en erschein/en aktualisier/en abspiel/en angezeigt aufgezeichnet
  de aufzeichnen erkannt gespeichert erscheint erscheinen übernommen aktualisiert abgespielt
FIXED
  es resuelv/er solucion/ar restablec/er normaliz/ar repar/ar arregl/ar subsan/ar resuelto resuelta resueltos
  es solucionado solucionada arreglado arreglada restablecido restablecida recuperado normalizado normalizada
  es ya_funciona ya_funcionan volvió_a_funcionar vuelve_a_funcionar se_resolvió se_solucionó ya_está_bien reparado
  es reparada se_recuperó ya_no_ocurre
  fr corrig/er répar/er rétabl/ir résolu régl/er résolue résolus réglé réglée rétabli rétablie corrigé corrigée réparé
  fr réparée refonctionne est_revenu revenu_à_la_normale de_nouveau_opérationnel fonctionne_à_nouveau marche_à_nouveau
  fr est_terminé terminée fonctionne_de_nouveau rentré_dans_l'ordre revenue_à_la_normale fonctionnent_à_nouveau
  pt resolv/er solucion/ar restabelec/er normaliz/ar consert/ar corrig/ir regulariz/ar resolvido resolvida resolvidos
  pt solucionado solucionada corrigido corrigida restabelecido restabelecida normalizado normalizada já_voltou
  pt voltou_a_funcionar voltou_ao_normal recuperado já_funciona consertado voltaram_a_funcionar já_está_funcionando
  de beheb/en lös/en reparier/en beseitig/en behoben gelöst erledigt repariert wiederhergestellt funktioniert_wieder
  de geht_wieder läuft_wieder vorbei wieder_normal beseitigt wieder_in_ordnung laufen_wieder funktionieren_wieder
  de wieder_da beendet wieder_verfügbar wieder_erreichbar
  en resolved fixed solved recovered restored mended cured cleared is_over it_is_over is_up_again are_up_again
  en is_all_over all_over_now
  en fix_helped fix_worked back_to_normal up_again
  en works_again working_again normal_again fine_again no_longer_happens no_longer_occurs no_longer_an_issue back_online
  en back_up rectified remedied ended has_ended repaired came_back_up all_good_now back_in_service healed
  en stopped_happening disappeared_by_itself went_away gone_now work_again connects_again well_again came_back_by_itself
  en settled subsided all_is_well no_longer_see connect_again
"""
