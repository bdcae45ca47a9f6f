"""How it is said: conditions, hedges, questions, wishes, contrast, cause, and who says it."""

WORDS = """
THEREIS
  en there_is there_are exists
  es hay existe
  fr il_y_a existe
  pt há existe
  de es_gibt gibt_es
RUMOUR
  en colleague boss manager friend twitter reddit forum news rumour rumor press neighbour neighbor downdetector
  en somebody_told someone_told hearsay
  es colega compañero compañera jefe jefa vecino foro rumor
  fr collègue chef patron voisin rumeur forum
  pt colega chefe vizinho fórum boato
  de kollege kollegin chef chefin nachbar gerücht forum
ONPURPOSE
  en on_purpose intended intentional intentionally deliberate by_intention meant_to_be supposed_to_be_so
  es a_propósito intencionado intencional adrede
  fr exprès voulu intentionnel
  pt de_propósito intencional proposital
  de absicht absichtlich gewollt beabsichtigt
EXPECTED
  en as_documented is_documented by_design as_designed expected_behaviour expected_behavior known_limitation
  en documented_behaviour documented_behavior works_as_intended known_limit as_expected_by_the_docs
  es como_está_documentado según_la_documentación comportamiento_esperado limitación_conocida
  fr comme_documenté comportement_attendu limitation_connue
  pt conforme_a_documentação comportamento_esperado limitação_conhecida
  de wie_dokumentiert bekannte_einschränkung so_vorgesehen
VOID
  en no_such_call no_such_message no_such_request no_such_entry no_such_record no_such_event no_trace
  es ninguna_llamada_así sin_rastro
  fr aucune_trace
  pt nenhum_rastro
  de kein_solcher_anruf keine_solche
  en other_channel other_vendor other_provider other_means ideas changed change changes touched touch deployed altered
  en modified edited idea clue reason reasons explanation hint hints trace traces in_our_logs in_the_logs in_the_log
  en in_our_log in_your_log in_your_logs suspicious unusual to_add stands_out new_on objection
  fr autre_canal autre_moyen autre_solution autre_fournisseur idées changé modifié touché idée raison explication
  fr dans_nos_journaux dans_les_journaux dans_nos_logs dans_les_logs anormal piste
  es otro_canal otro_medio otra_opción otro_proveedor ideas cambiado cambiamos cambió tocado idea motivo explicación
  es en_nuestros_registros en_los_registros en_los_logs en_nuestros_logs raro pista
  pt outro_canal outro_meio outra_opção outro_fornecedor ideias mudou mudamos mudado alterado alteramos ideia motivo
  pt explicação em_nossos_registros nos_registros nos_logs nos_nossos_logs estranho
  de anderen_kanal anderen_weg andere_möglichkeit anderen_anbieter ideen einfälle geändert verändert angefasst ahnung
  de grund erklärung in_unseren_logs im_log in_den_logs in_unserem_log auffällig hinweis umgestellt
HEAD
  en production_push production_certificate production_certificates production_sid production_mode
  en production_endpoint production_secret
  en live_key live_keys live_credentials live_token live_mode live_calls_list list_of_live production_key
  en production_credentials production_keys production_token id ids sid sids log logs record entry entries history
  en number_format format body field fields count text_body notification_email guid uuid header headers
  es identificador registro historial
  fr identifiant journal historique
  pt identificador registro histórico
  de kennung protokoll verlauf
THANKS
  en thanks thank hello hi dear regards greetings we_are_a we_are_using we_use we_have_been
  es gracias hola saludos buenos buenas estimados
  fr merci bonjour salutations cordialement
  pt obrigado obrigada olá bom prezados atenciosamente
  de danke hallo grüße guten sehr_geehrte
TOO
  en too also as_well likewise either
  es también tampoco
  fr aussi également non_plus
  pt também tampouco
  de auch ebenfalls ebensowenig
INFACT
  en in_fact actually in_reality in_truth as_a_matter_of_fact it_turned_out_that
  es en_realidad de_hecho
  fr en_fait en_réalité
  pt na_verdade na_realidade
  de tatsächlich in_wahrheit in_wirklichkeit
NOUNQ
  en question questions enquiry inquiry query
  es pregunta consulta duda
  fr question demande
  pt pergunta consulta dúvida
  de frage fragen anfrage_zu
IF
  en if unless suppose supposing assuming in_case in_the_event hypothetically imagine
  es si en_caso_de suponiendo
  fr si s'il s'ils au_cas dans_le_cas supposons en_cas_de
  pt se caso suponha em_caso_de
  de falls sofern angenommen wenn
WHEN
  en in_time on_time more_than of_more when whenever upon containing contain contains larger_than on_hold that_contain
  en which_contain with_links with_a_link if_the after_a after_an once_the
  es a_tiempo cuando contienen con_enlaces al_transferir
  fr à_temps quand lorsque lorsqu contenant contiennent
  pt a_tempo quando contêm com_links
  de rechtzeitig sobald enthalten beim
MAY
  en risks risk
  en might may could would
  es podría podrían podríamos pudiera sería serían cayera cayese fallara fuera pudieran
  fr pourrait pourraient serait seraient pourrions pourrais
  pt poderia poderiam poderíamos seria seriam pudesse
  de könnte könnten würde würden wäre wären
MAYBE
  en maybe perhaps possibly potentially
  es quizás quizá tal_vez posiblemente
  fr peut-être éventuellement
  pt talvez possivelmente
  de vielleicht möglicherweise eventuell
NOTTHAT
  en not_that not_as_if not_true_that not_the_case_that
  es no_es_que no_es_cierto_que no_es_verdad_que
  fr ce_n'est_pas_que pas_que pas_vrai_que
  pt não_é_que não_é_verdade_que
  de nicht_dass nicht_so_dass nicht,_dass
UNSURE
  en not_sure unsure wonder wondering don't_know do_not_know unclear_whether afraid worried fear concerned_that wonders
  en not_certain worry worries
  es no_sé_si no_sabemos_si tememos temo
  fr pas_sûr craignons crains ne_savons_pas_si
  pt não_sei_se não_sabemos_se receamos tememos
  de unsicher nicht_sicher befürchten befürchte wissen_nicht_ob
WILL
  en have_to_migrate have_to_move have_to_upgrade have_to_update must_migrate must_move must_upgrade must_update
  en need_to_migrate need_to_upgrade need_to_update has_to_be_migrated must_be_migrated needs_to_be_upgraded
  en at_some_point
  en has_to_wait must_wait will shall planned plans planning upcoming is_scheduled about_to next_week next_month
  en next_year in_future in_the_future retire retires retired retirement sunset deprecate deprecates deprecated
  en deprecation announced intends beforehand in_advance tomorrow intend
  es planificado planificada planeado planeada previsto prevista próximo próxima futuro mañana_por planeamos
  fr prévu prévue planifié planifiée prochain prochaine futur bientôt demain prévoyons
  pt planejado planejada previsto prevista próximo próxima futuro amanhã planejamos
  de geplant geplante geplanten plant planen nächste nächsten künftig bald zukunft morgen_früh angekündigt angekündigte
  de werden_sollen einmal
BEFORE
  en users_yet customers_yet nobody_uses before prior_to ahead_of ready_for not_yet going_live launch rollout until_we
  es antes_de todavía_no aún_no
  fr avant pas_encore
  pt antes_de ainda_não
  de bevor noch_nicht ehe vor_dem_start
GOLIVE
  es pase_a_producción paso_a_producción puesta_en_producción puesta_en_marcha salir_a_producción pasar_a_producción
  es salida_a_producción lanzamiento
  fr passage_en_production mise_en_prod mise_en_service mise_en_production passer_en_production lancement
  fr mettre_en_production
  pt entrada_em_produção passagem_para_produção entrar_em_produção lançamento ir_para_produção
  de produktivstart go-live live_gehen livegang produktivsetzung produktiv_gehen go_live inbetriebnahme
  en go_live go-live going_live live_yet go_to_production goes_live launch go_into_production move_to_production
ASK
  en how what where which who whether question questions enquiry inquiry clarify clarification explain curious
  es cómo qué dónde cuál cuáles cuánto cuánta cuántos cuándo quién duda consulta saber_si saber_cuánto
  fr comment quel quelle quels quelles combien question savoir que_faire
  pt como onde qual quais quanto quantos quem dúvida consulta saber_se
  de wie was wo welche welcher welches wieviel wann frage ob
ASKV
  en ask asked asks we_ask they_ask i_ask asking wonders wonder wondering would_like_to_know wants_to_know want_to_know
  en like_to_know
  es pregunta preguntamos preguntan quisiera_saber me_gustaría_saber queremos_saber quisiéramos_saber
  fr demande demandons demandent aimerions_savoir voudrais_savoir
  pt pergunta perguntamos perguntam gostaria_de_saber queremos_saber gostaríamos_de_saber
  de fragt fragen möchten_wissen möchte_wissen wüssten_gern
REPORTS_IT
  en want_to_report would_like_to_report wish_to_report writing_to_inform want_to_inform wish_to_inform
  es quiero_reportar quiero_informar queremos_informar
  fr souhaite_signaler voudrais_signaler souhaitons_signaler
  pt gostaria_de_informar gostaria_de_reportar quero_reportar
  de möchte_melden möchten_melden
STATUSPAGE
  en status_page statuspage status.plivo your_page green_on_your
  es página_de_estado
  fr page_de_statut page_d'état
  pt página_de_status
  de statusseite
HELPNOUN
  en help workaround fix solution advice update explanation support information investigation assistance attention
  en refund cause hint idea someone feedback news way
  es ayuda solución explicación
  fr aide solution explication
  pt ajuda solução explicação
  de hilfe lösung erklärung
WHY
  en when_will_it_be_solved when_will_it_be_fixed when_will_this_be_fixed when_will_this_be_solved anything_i_can_check
  en anything_we_can_check what_is_going_on what's_going_on is_something_wrong is_anything_wrong any_idea can_you_check
  en can_you_look could_you_check could_you_look do_you_see what_can_we_do what_should_we_do can_you_investigate
  en is_there_an_outage is_there_a_problem is_there_an_incident is_it_you is_it_on_your_side something_on_your_side
  en what_has_changed did_something_change did_anything_change known_issue known_problem what_is_happening
  en what's_happening when_do_you_expect any_eta eta when_can_we_expect why how_come what_is_wrong what_happened
  en anyone_else anybody_else what's_wrong when_will_it_be_back when_will_it_be asks_why
  es cuándo_se_solucionará cuándo_estará qué_está_pasando pueden_revisar pueden_mirar es_un_problema_conocido
  es hay_alguna_incidencia hay_algún_problema ha_cambiado_algo por_qué qué_pasa qué_ocurre alguien_más
  fr quand_sera-ce que_se_passe-t-il pouvez-vous_vérifier y_a-t-il_un_incident y_a-t-il_un_problème est-ce_connu
  fr pourquoi quelqu'un_d'autre que_se_passe
  pt quando_será o_que_está_havendo podem_verificar há_algum_problema mudou_algo é_um_problema_conhecido por_que por_quê
  pt o_que_está_acontecendo mais_alguém
  de wann_wird_das wann_ist_das könnt_ihr_prüfen können_sie_prüfen ist_das_bekannt gibt_es_eine_störung
  de gibt_es_ein_problem hat_sich_etwas_geändert warum wieso weshalb was_ist_los noch_jemand
INVERTED
  en is_up_to are_up_to do does did is are can could may should would has have will was were am
  es puedo podemos puede pueden hay existe es_posible se_puede tienen
  fr peut peut-on est puis pouvez existe est-ce y_a-t-il faut-il pouvons
  pt posso podemos pode podem existe é_possível há dá
  de kann können gibt ist sind darf wird könnt könnte könnten
POLITE
  en please can_you could_you would_you can_someone could_someone can_anyone help_us can_you_please will_you
  es por_favor pueden_ayudar puede_ayudar podrían_revisar pueden_revisar
  fr merci_de pouvez-vous pourriez-vous s'il_vous_plaît svp
  pt por_favor podem_verificar podem_ajudar poderiam_verificar
  de bitte können_sie könnten_sie
BEEN
  en been was were is are be being
TASK
  en add log track document improve allow support update upgrade migrate move switch implement create remove rename
  en refactor replace expose provide introduce enable let use convert change extend show register mask adopt evaluate
  es añadir agregar permitir documentar mejorar migrar actualizar cambiar
  fr ajouter permettre documenter améliorer migrer remplacer
  pt adicionar permitir documentar melhorar migrar atualizar
OBLIGED
  en must has_to have_to needs_to need_to
  es debe deben tiene_que tienen_que hay_que
  fr doit doivent faut
  pt deve devem tem_que precisa
  de muss müssen
AWAITED
  en awaited awaiting pending_approval in_review under_review approval_is_pending approval
  es en_revisión pendiente_de_aprobación aprobación
  fr en_attente_d'approbation en_cours_de_validation approbation
  pt em_análise aguardando_aprovação aprovação
  de in_prüfung wartet_auf_freigabe freigabe genehmigung
HELPDESK
  en support_has support_was support_did support_says support_team_has ticket tickets maintainer maintainers
  es soporte_no soporte_ha tique
  fr le_support support_n'a ticket
  pt suporte_não chamado
  de support_hat support_antwortet ticket
CAUSEQ
  en the_cause could_be_the_cause the_reason what_causes what_caused cause
  es la_causa el_motivo
  fr la_cause la_raison
  pt a_causa o_motivo
  de ursache grund
WANT
  en looking_for look_for in_search_of would_prefer would_not_like wouldn't_like do_not_want_that need would_like
  en would_be_nice would_be_great would_be_useful would_help feature_request suggestion suggests suggest asks_for
  en we_ask_for asking_for please_add add_support support_for wish wishes wants want would_love proposal propose
  en proposes enhancement needs be_nice_if could_you_add would_be_helpful looking_to asked_for would_be_good
  en requests_the feature_requests requested_feature
  es buscamos busco preferiríamos quisiera quisiéramos quiero queremos gustaría sugerencia sugiere sugerimos necesitamos
  es solicitamos desea deseamos propone sería_útil
  fr cherchons cherche préférerions voudrais voudrions souhaite souhaitons suggestion serait_utile serait_bien aimerais
  fr aimerions besoin demande_de_fonctionnalité veut
  pt procuramos procuro preferiríamos gostaria gostaríamos quero queremos sugestão sugiro sugere precisamos desejamos
  pt seria_útil
  de suchen suche hätten_lieber möchte möchten wunsch funktionswunsch vorschlag schlage_vor wäre_schön wäre_hilfreich
  de benötigen brauchen hätte_gern hätten_gern wünscht wünschen
BUT
  en but however yet whereas though although nevertheless nonetheless despite even_though in_spite_of while
  es pero sin_embargo aunque mientras_que a_pesar_de mientras
  fr mais cependant pourtant tandis_que alors_que toutefois malgré bien_que
  pt mas porém contudo embora enquanto apesar_de
  de aber jedoch sondern allerdings obwohl trotzdem hingegen dagegen obgleich während
OUGHT
  en should ought
  es debería deberían
  fr devrait devraient
  pt deveria deveriam
  de sollte sollten
USED
  en used_to
  es solía solían
  pt costumava costumavam
  de früher
CAUSE
  en because due_to caused_by cause caused turned_out turns_out owing_to result_of reason comes_from stems_from
  en traced_to root_cause as_a_result_of found_that found_to_be culprit since hence so_that after investigation
  en thanks_to as_it forgot
  es porque debido_a por_culpa causado causada causa resulta resultó a_causa tras desde_que al ya_que
  fr parce car cause causé causée à_cause dû_à due_à raison en_raison depuis après
  pt porque devido_a por_causa causado causada causa desde após já_que depois_de
  de weil da wegen aufgrund verursacht ursache lag_an liegt_an stellte_sich_heraus durch nachdem seit
SAY
  es mensaje_de_error mensajes_de_error
  fr message_d'erreur messages_d'erreur
  pt mensagem_de_erro mensagens_de_erro
  en call_it_a call_it_an calls_it_a calls_it_an called_it_a called_it_an posted tweeted writes says say said saying
  en states state reads
  en message text mentions logs prints shows print printed
  en wrote write reported_as answer answers claims claim returns log response output exception
  es dice dicen mensaje texto muestra indica escribió error
  fr dit disent message texte affiche indique écrit erreur
  pt diz dizem mensagem texto mostra indica escreveu erro
  de sagt meldet meldung fehlermeldung text zeigt lautet schrieb besagt steht
REPORT
  fr signalé signalée signalés signalées
  en report reports reported reporting complain complains complained complaint complaints tell told
  es reportan reporta quejan quejas queja reclaman reclamaciones informan
  fr signalent signale plaintes plainte plaignent réclament
  pt reportam reclamam reclamações queixas informam relatam
  de melden gemeldet beschweren beschwerden klagen berichten beklagen
"""
