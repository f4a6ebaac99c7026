#include "tests/bench/peers/view_statements.h"

#include <array>

namespace silkledger::bench {

const std::string_view kEventsTable = R"sql(
CREATE UNLOGGED TABLE history(
  position bigint PRIMARY KEY, stream text NOT NULL, id text NOT NULL, version bigint NOT NULL,
  kind text NOT NULL, occurred_on text NOT NULL, actor text NOT NULL, acting_unit text,
  rule_set text NOT NULL, article text NOT NULL, body jsonb NOT NULL);
)sql";

namespace {

// Of several events of a kind the last one counts, hence array_agg … ORDER BY position DESC.
constexpr std::string_view kLead = R"sql(
CREATE UNLOGGED TABLE lead_rows AS
WITH folded AS (
  SELECT id, max(version) AS version,
    min(position) FILTER (WHERE kind = 'leadReported') AS report_order,
    min(occurred_on) FILTER (WHERE kind = 'leadReported') AS reported_on,
    (array_agg(body) FILTER (WHERE kind = 'leadReported'))[1] AS reported,
    (array_agg(body ORDER BY position DESC) FILTER (WHERE kind = 'leadClassified'))[1]
      AS classified,
    (array_agg(body ORDER BY position DESC) FILTER (WHERE kind = 'leadLeadingGroupDecided'))[1]
      AS decided,
    (array_agg(body->>'formNo' ORDER BY position DESC) FILTER (WHERE kind = 'leadFormFiled'))[1]
      AS form_no,
    (array_agg(body->>'unitId' ORDER BY position DESC) FILTER (WHERE kind = 'leadDelegated'))[1]
      AS following_unit,
    (array_agg(body->>'projectId' ORDER BY position DESC)
      FILTER (WHERE kind IN ('leadLeadingGroupDecided', 'leadNegotiationOpened')))[1] AS project_id,
    (array_agg(CASE kind WHEN 'leadReported' THEN 'reported'
        WHEN 'leadClassified' THEN 'classified'
        WHEN 'leadAnalysisConcluded' THEN 'analysed'
        WHEN 'leadLeaderReviewed' THEN
          CASE body->>'verdict' WHEN 'agree' THEN 'reviewed' ELSE 'classified' END
        WHEN 'leadLeadingGroupDecided' THEN 'decided'
        WHEN 'leadDelegated' THEN 'delegated' ELSE 'closed' END ORDER BY position DESC)
      FILTER (WHERE kind IN ('leadReported', 'leadClassified', 'leadAnalysisConcluded',
        'leadLeaderReviewed', 'leadLeadingGroupDecided', 'leadDelegated', 'leadClosed')))[1]
      AS status,
    (array_agg(body#>>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'leadCorrected' AND body->>'field' = 'investorName'))[1] AS named,
    (array_agg(body#>>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'leadCorrected' AND body->>'field' = 'content'))[1] AS content,
    (array_agg(body#>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'leadCorrected' AND body->>'field' = 'amount'))[1] AS amount,
    (array_agg(body#>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'leadCorrected' AND body->>'field' = 'jobs'))[1] AS jobs
  FROM history WHERE stream LIKE 'lead/%' GROUP BY id)
SELECT id AS "leadId", coalesce(named, reported->>'investorName') AS "investorName",
  reported->>'uscc' AS uscc, reported->>'origin' AS origin,
  reported->>'reportingUnit' AS "reportingUnit", reported->>'chainId' AS "chainId",
  coalesce(content, reported->>'content') AS content,
  coalesce(amount, reported->'amount') AS amount, coalesce(jobs, reported->'jobs') AS jobs,
  reported->>'intendedUnit' AS "intendedUnit", status, classified->>'leadClass' AS "leadClass",
  coalesce((classified->>'prefectureDecides')::boolean, false) AS "prefectureDecides",
  form_no AS "formNo", decided->>'responsibleLeader' AS "responsibleLeader",
  project_id AS "projectId", following_unit AS "followingUnit", reported_on AS "reportedOn",
  report_order::text AS "reportOrder", version::text AS version
FROM folded
)sql";

// Stages advance to the highest since the project last entered the reserve.
constexpr std::string_view kProject = R"sql(
CREATE UNLOGGED TABLE project_rows AS
WITH own AS (
  SELECT id, max(version) AS version, min(occurred_on) FILTER
      (WHERE kind IN ('projectNegotiationOpened', 'projectOpeningRecorded')) AS opened_on,
    (array_agg(body) FILTER
      (WHERE kind IN ('projectNegotiationOpened', 'projectOpeningRecorded')))[1] AS opened,
    bool_or(kind = 'projectOpeningRecorded') AS opening,
    max(position) FILTER (WHERE kind = 'projectEnteredReserve') AS reserved_at,
    coalesce(max(position) FILTER (WHERE kind = 'projectTerminated'), 0)
      > coalesce(max(position) FILTER (WHERE kind = 'projectEnteredReserve'), 0) AS ended,
    (array_agg(body->>'chainId' ORDER BY position DESC)
      FILTER (WHERE kind = 'projectChainAssigned'))[1] AS chain_id,
    (array_agg(body->>'verdict' ORDER BY position DESC)
      FILTER (WHERE kind = 'projectEvaluated'))[1] AS evaluation,
    (array_agg(body#>>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'projectCorrected' AND body->>'field' = 'name'))[1] AS name,
    (array_agg(body#>>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'projectCorrected' AND body->>'field' = 'investorName'))[1] AS investor,
    (array_agg(body#>>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'projectCorrected' AND body->>'field' = 'content'))[1] AS content,
    (array_agg(body#>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'projectCorrected' AND body->>'field' = 'amount'))[1] AS amount,
    (array_agg(body#>'{change,becomes}' ORDER BY position DESC)
      FILTER (WHERE kind = 'projectCorrected' AND body->>'field' = 'jobs'))[1] AS jobs
  FROM history WHERE stream LIKE 'project/%' GROUP BY id),
steps AS (
  SELECT body->>'projectId' AS id, position, kind, CASE kind
      WHEN 'projectEvaluated' THEN 1 WHEN 'contractSigned' THEN 2
      WHEN 'projectMilestoneReached' THEN CASE body->>'milestone'
        WHEN 'constructionStarted' THEN 4 WHEN 'productionStarted' THEN 5 ELSE 3 END
      WHEN 'projectOpeningRecorded' THEN CASE body->>'stage'
        WHEN 'signed' THEN 2 WHEN 'underConstruction' THEN 4 WHEN 'producing' THEN 5 ELSE 0 END
      ELSE 0 END AS stage
  FROM history
  WHERE kind IN ('projectNegotiationOpened', 'projectOpeningRecorded', 'projectMilestoneReached')
    OR kind = 'projectEvaluated' AND body->>'verdict' = 'pass'
    OR kind = 'contractSigned' AND body->>'kind' = 'formal'),
stages AS (
  SELECT id, max(stage) AS stage, bool_or(kind = 'contractSigned'
      OR kind = 'projectOpeningRecorded' AND stage > 0) AS is_signed
  FROM steps JOIN own USING (id) WHERE position > coalesce(reserved_at, 0) GROUP BY id),
contracts AS (
  SELECT id, (array_agg(body) FILTER (WHERE kind = 'contractSigned'))[1] AS signed,
    min(position) FILTER (WHERE kind = 'contractSigned') AS signed_at,
    (array_agg(coalesce(body->'amount', body#>'{change,becomes}') ORDER BY position DESC)
      FILTER (WHERE kind IN ('contractSigned', 'contractAmended')
        OR kind = 'contractCorrected' AND body->>'field' = 'amount'))[1] AS amount,
    (array_agg(coalesce(body->'jobs', body#>'{change,becomes}') ORDER BY position DESC)
      FILTER (WHERE kind IN ('contractSigned', 'contractAmended') AND body ? 'jobs'
        OR kind = 'contractCorrected' AND body->>'field' = 'jobs'))[1] AS jobs,
    (array_agg(coalesce(body->>'signedOn', body#>>'{change,becomes}') ORDER BY position DESC)
      FILTER (WHERE kind = 'contractSigned'
        OR kind = 'contractCorrected' AND body->>'field' = 'signedOn'))[1] AS signed_on,
    (array_agg((body->>'tier')::int ORDER BY position DESC)
      FILTER (WHERE kind = 'contractTierDetermined'))[1] AS tier
  FROM history WHERE stream LIKE 'contract/%' GROUP BY id),
formal AS (
  SELECT DISTINCT ON (signed->>'projectId') signed->>'projectId' AS project_id, *
  FROM contracts WHERE signed->>'kind' = 'formal' ORDER BY signed->>'projectId', signed_at DESC),
framework AS (
  SELECT DISTINCT ON (signed->>'projectId') signed->>'projectId' AS project_id, amount
  FROM contracts WHERE signed->>'kind' = 'framework'
  ORDER BY signed->>'projectId', signed_at DESC),
funds AS (
  SELECT project_id, sum(reported) AS reported, sum(verified) AS verified
  FROM (
    SELECT (array_agg(body->>'projectId') FILTER (WHERE kind = 'fundReported'))[1] AS project_id,
      (array_agg(coalesce(body->>'amountFen', body#>>'{change,becomes}')::bigint
        ORDER BY position DESC) FILTER (WHERE kind = 'fundReported'
        OR kind = 'fundCorrected' AND body->>'field' = 'amountFen'))[1] AS reported,
      (array_agg((body->>'amountFen')::bigint ORDER BY position DESC)
        FILTER (WHERE kind = 'fundVerified'))[1] AS verified
    FROM history WHERE stream LIKE 'fund/%' GROUP BY id) AS each_fund
  GROUP BY project_id)
SELECT own.id AS "projectId", coalesce(name, opened->>'name') AS name,
  coalesce(investor, opened->>'investorName') AS "investorName",
  CASE WHEN ended THEN 'closed' WHEN stage IS NULL THEN 'reserve' WHEN is_signed THEN 'signed'
    ELSE 'negotiating' END AS library,
  CASE WHEN ended THEN 'closed' WHEN stage IS NULL THEN 'reserve'
    ELSE (ARRAY['negotiating', 'evaluated', 'signed', 'landing', 'construction', 'production'])
      [stage + 1] END AS stage,
  opened->>'unitId' AS "unitId", coalesce(chain_id, opened->>'chainId') AS "chainId",
  opened->>'leadId' AS "leadId", opened->>'leadClass' AS "leadClass",
  coalesce(content, opened->>'content') AS content,
  coalesce(own.amount, opened->'amount') AS amount, coalesce(own.jobs, opened->'jobs') AS jobs,
  opened->>'responsibleLeader' AS "responsibleLeader", formal.id AS "contractId",
  formal.signed_on AS "signedOn", formal.amount AS "agreementAmount",
  formal.jobs AS "promisedJobs", framework.amount AS "frameworkAmount",
  coalesce(formal.tier, 0) AS tier, coalesce(reported, 0)::text AS "fundsReportedFen",
  coalesce(verified, 0)::text AS "fundsVerifiedFen", opening, evaluation,
  opened_on AS "openedOn", version::text AS version
FROM own LEFT JOIN stages USING (id) LEFT JOIN formal ON formal.project_id = own.id
  LEFT JOIN framework ON framework.project_id = own.id LEFT JOIN funds ON funds.project_id = own.id
)sql";

constexpr std::string_view kProgress = R"sql(
CREATE UNLOGGED TABLE progress_rows AS
WITH plans AS (
  SELECT DISTINCT ON (id) id, body->'nodes' AS nodes
  FROM history WHERE kind = 'projectPlanSet' ORDER BY id, position DESC),
nodes AS (
  SELECT id, node->>'nodeId' AS node_id FROM plans, jsonb_array_elements(nodes) AS node),
reached AS (
  SELECT DISTINCT id, body->>'nodeId' AS node_id FROM history WHERE kind = 'projectNodeReached'),
counts AS (
  SELECT nodes.id, count(reached.node_id)::int AS reached
  FROM nodes LEFT JOIN reached USING (id, node_id) GROUP BY nodes.id)
SELECT "projectId", name, "unitId", "chainId", stage, tier,
  coalesce(counts.reached, 0) AS "nodesReached", version
FROM project_rows LEFT JOIN counts ON counts.id = "projectId"
WHERE library IN ('negotiating', 'signed')
)sql";

constexpr std::string_view kApproval = R"sql(
CREATE UNLOGGED TABLE approval_rows AS
WITH folded AS (
  SELECT id, max(version) AS version,
    (array_agg(body) FILTER (WHERE kind = 'approvalRequested'))[1] AS requested,
    (array_agg(body ORDER BY position DESC) FILTER (WHERE kind = 'approvalAccepted'))[1]
      AS accepted,
    (array_agg(body->>'submitBy' ORDER BY position DESC)
      FILTER (WHERE kind = 'approvalPlanned'))[1] AS submit_by,
    (array_agg(body->>'agent' ORDER BY position DESC)
      FILTER (WHERE kind = 'approvalClaimed'))[1] AS agent,
    max(body->>'decidedOn') FILTER (WHERE kind IN ('approvalGranted', 'approvalRefused'))
      AS decided_on,
    (array_agg(CASE kind WHEN 'approvalClockPaused' THEN 'paused' WHEN 'approvalGranted' THEN
        'granted' WHEN 'approvalRefused' THEN 'refused' ELSE 'accepted' END ORDER BY position DESC)
      FILTER (WHERE kind IN ('approvalAccepted', 'approvalClockPaused', 'approvalClockResumed',
        'approvalGranted', 'approvalRefused')))[1] AS status,
    bool_or(kind = 'approvalPlanned') AS planned
  FROM history WHERE stream LIKE 'approval/%' GROUP BY id)
SELECT id AS "approvalId", requested->>'projectId' AS "projectId", project.name AS "projectName",
  requested->>'itemId' AS "itemId", project."unitId", requested->>'handlingUnit' AS "handlingUnit",
  coalesce(status, CASE WHEN agent IS NOT NULL THEN 'claimed' WHEN planned THEN 'planned'
    ELSE 'requested' END) AS status,
  agent, requested->>'requestedOn' AS "requestedOn", submit_by AS "submitBy",
  accepted->>'submittedOn' AS "submittedOn", accepted->>'acceptedOn' AS "acceptedOn",
  decided_on AS "decidedOn", folded.version::text AS version
FROM folded JOIN project_rows AS project ON project."projectId" = requested->>'projectId'
)sql";

constexpr std::string_view kFund = R"sql(
CREATE UNLOGGED TABLE fund_rows AS
WITH folded AS (
  SELECT id, max(version) AS version,
    (array_agg(body) FILTER (WHERE kind = 'fundReported'))[1] AS reported,
    (array_agg(coalesce(body->>'amountFen', body#>>'{change,becomes}') ORDER BY position DESC)
      FILTER (WHERE kind = 'fundReported'
        OR kind = 'fundCorrected' AND body->>'field' = 'amountFen'))[1] AS reported_fen,
    (array_agg(coalesce(body->>'paidOn', body#>>'{change,becomes}') ORDER BY position DESC)
      FILTER (WHERE kind = 'fundReported'
        OR kind = 'fundCorrected' AND body->>'field' = 'paidOn'))[1] AS paid_on,
    (array_agg(body->>'amountFen' ORDER BY position DESC)
      FILTER (WHERE kind = 'fundVerified'))[1] AS verified_fen,
    (array_agg(CASE kind WHEN 'fundVerified' THEN 'verified' WHEN 'fundRejected' THEN 'rejected'
        ELSE 'reported' END ORDER BY position DESC) FILTER (WHERE kind <> 'fundCorrected'))[1]
      AS status
  FROM history WHERE stream LIKE 'fund/%' GROUP BY id)
SELECT id AS "fundId", reported->>'projectId' AS "projectId", project."unitId", status,
  reported_fen AS "reportedFen", reported->>'amountFen' AS "firstReportedFen",
  verified_fen AS "verifiedFen", paid_on AS "paidOn", reported->>'source' AS source,
  reported->>'evidence' AS evidence, reported->>'voucherNo' AS "voucherNo",
  folded.version::text AS version
FROM folded JOIN project_rows AS project ON project."projectId" = reported->>'projectId'
)sql";

constexpr std::string_view kEvaluation = R"sql(
CREATE UNLOGGED TABLE evaluation_rows AS
WITH folded AS (
  SELECT id, max(version) AS version,
    (array_agg(body) FILTER (WHERE kind = 'evaluationConvened'))[1] AS convened,
    (array_agg(body ORDER BY position DESC)
      FILTER (WHERE kind = 'evaluationConcluded'))[1] AS concluded
  FROM history WHERE stream LIKE 'evaluation/%' GROUP BY id)
SELECT id AS "evaluationId", convened->>'projectId' AS "projectId", convened->>'heldOn' AS "heldOn",
  convened->>'agenda' AS agenda, convened->'invited' AS invited, concluded->>'verdict' AS verdict,
  concluded->>'reasons' AS reasons, version::text AS version
FROM folded
)sql";

constexpr std::string_view kAudit = R"sql(
CREATE UNLOGGED TABLE audit_rows AS
WITH subjects AS (
  SELECT DISTINCT stream, 'project/' || (body->>'projectId') AS subject FROM history
  WHERE body->>'projectId' IS NOT NULL AND kind IN (
    'evaluationConvened', 'contractSigned', 'approvalRequested', 'fundReported', 'problemRaised',
    'actionAssigned', 'workGroupFormed', 'halfMonthReportSubmitted', 'halfMonthReportLapsed'))
SELECT position::text AS position, occurred_on AS "occurredOn", stream, version::text AS version,
  kind, actor, acting_unit AS "actingUnit", rule_set AS "ruleSet", article,
  CASE WHEN split_part(stream, '/', 1) IN
    ('project', 'lead', 'offer', 'enterprise', 'unit-plan', 'chain-graph')
  THEN stream ELSE subject END AS subject
FROM history LEFT JOIN subjects USING (stream)
)sql";

constexpr std::array<ViewStatement, 7> kStatements = {{{"lead", "leadId", kLead},
                                                       {"project", "projectId", kProject},
                                                       {"progress", "projectId", kProgress},
                                                       {"approval", "approvalId", kApproval},
                                                       {"fund", "fundId", kFund},
                                                       {"evaluation", "evaluationId", kEvaluation},
                                                       {"audit", "position", kAudit}}};

}  // namespace

std::span<const ViewStatement> view_statements() { return kStatements; }

}  // namespace silkledger::bench
