#include "domain/research/offer.h"

#include <utility>

#include "domain/checks.h"
#include "domain/registry/reference.h"
#include "domain/schema/event.wire.h"
#include "domain/schema/meta.h"
#include "domain/schema/research.meta.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = OfferState::Status;

const Text kOffer{"谋划项目", "offer"};

const OfferState& offer_of(const Context& context, std::string_view offer_id) {
  return context.states.get<OfferState>(offer_id);
}

// The same day so many months on; the last of the month where that month is shorter.
CivilDate add_months(CivilDate day, std::int32_t months) {
  YearMonthDay at = year_month_day(day);
  const std::int32_t since_zero = at.year * 12 + at.month - 1 + months;
  at.year = since_zero / 12;
  at.month = since_zero % 12 + 1;
  std::optional<CivilDate> found;
  while (!(found = civil_date(at))) --at.day;  // every month has a 28th
  return *found;
}

CivilDate confirm_by(const Context& context) {
  return add_months(context.occurred_on,
                    context.rules.offer_confirm_months.value_or(kOfferConfirmMonths));
}

Rejection wrong_status(const Checks& check, const OfferState& offer, std::string_view code,
                       Text remedy) {
  const std::string zh(schema::zh(*offer.status));
  const std::string en(schema::name(*offer.status));
  return check.reject(Kind::wrong_state, code, "/offerId",
                      {"该谋划项目目前为“" + zh + "”。", "The offer's status is \"" + en + "\"."},
                      std::move(remedy));
}

bool has_ended(const OfferState& offer) {
  return offer.status == Status::landed || offer.status == Status::withdrawn;
}

// Exists and goes on.
Objection is_open(const Checks& check, const OfferState& offer, std::string_view offer_id) {
  if (auto no = check.exists(offer.exists(), kOffer, offer_id, "/offerId")) return no;
  if (!has_ended(offer)) return {};
  return wrong_status(check, offer, "offer-ended",
                      {"已落地或撤回的不再变动；请另行谋划。",
                       "What has landed or was withdrawn no longer changes; propose a new one."});
}

// A node stands in the graph of its chain.
Objection place_in_chain(const Checks& check, const std::optional<std::string>& chain_id,
                         const std::optional<std::string>& node_id) {
  if (chain_id) {
    if (auto no = check.chain_exists(*chain_id, "/chainId")) return no;
  }
  if (!node_id) return {};
  if (!chain_id) {
    return check.reject(Kind::invalid, "node-without-chain", "/chainId",
                        {"填写了图谱节点而没有产业链。", "A node is stated without its chain."},
                        {"请同时填写产业链。", "State the chain as well."});
  }
  const ChainGraphState& graph = check.context().states.get<ChainGraphState>(*chain_id);
  return check.exists(graph.has_node(*node_id), {"图谱节点", "chain node"}, *node_id, "/nodeId");
}

// Art. 13 wishes for a high return and gives no formula: only what a study says is kept, with it.
Objection return_has_a_study(const Checks& check, const std::optional<std::string>& says,
                             const std::optional<schema::Source>& study) {
  if (auto no = check.words_if_stated(says, "/expectedReturn")) return no;
  if (study) {
    if (auto no = check.words(study->title, "/study/title")) return no;
  }
  if (!says || study) return {};
  return check.reject(Kind::invalid, "return-without-study", "/study",
                      {"填写了回报而没有研究来源。", "A return is stated without its study."},
                      {"请填写可行性研究的来源；系统不计算回报。",
                       "Name the study it comes from; none is computed here."});
}

Objection amount_is_positive(const Checks& check, const std::optional<schema::Money>& amount) {
  if (!amount || amount->fen > 0) return {};
  return check.reject(Kind::invalid, "amount-not-positive", "/amount",
                      {"投资额须大于零。", "The amount has to be above zero."},
                      {"尚无数额的请留空。", "Leave it out while there is none."});
}

bool changes(const schema::OfferProposed& said, const schema::OfferUpdated& update) {
  schema::OfferProposed becomes = said;
  apply_update(becomes, update);
  return !(becomes == said);
}

}  // namespace

void evolve(OfferState& state, wire::Event::Reader event, const EventPlace& place) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::OFFER_PROPOSED:
      state.said = read(event.getOfferProposed());
      state.status = Status::proposed;
      return;
    case wire::Event::OFFER_REVIEWED_BY_CHAIN_UNIT:
      state.status = Status::reviewed;
      return;
    case wire::Event::OFFER_ASSESSED:
      state.status = read(event.getOfferAssessed()).feasibility == schema::Feasibility::feasible
                         ? Status::feasible
                         : Status::not_feasible;
      return;
    case wire::Event::OFFER_ENTERED_LIBRARY:
      state.status = Status::in_library;
      state.confirmed_on = place.occurred_on;
      return;
    case wire::Event::OFFER_CONFIRMED:
      state.confirmed_on = place.occurred_on;
      return;
    case wire::Event::OFFER_UPDATED:
      apply_update(state.said, read(event.getOfferUpdated()));
      if (state.status != Status::in_library) state.status = Status::proposed;
      return;
    case wire::Event::OFFER_WITHDRAWN:
      state.status = Status::withdrawn;
      return;
    case wire::Event::OFFER_LANDED:
      state.status = Status::landed;
      return;
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::OfferProposed& stated, const Context& context) {
  const Checks check(context, "13");
  const OfferState& offer = offer_of(context, stated.offer_id);
  if (auto no = check.id_is_free(offer.exists(), kOffer, stated.offer_id, "/offerId")) return *no;
  if (auto no = check.unit_receives(stated.unit_id, "/unitId")) return *no;
  if (auto no = check.own_unit(stated.unit_id)) return *no;
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = place_in_chain(check, stated.chain_id, stated.node_id)) return *no;
  if (auto no = check.words(stated.content, "/content")) return *no;
  if (auto no = amount_is_positive(check, stated.amount)) return *no;
  if (auto no = check.words_if_stated(stated.land, "/land")) return *no;
  if (auto no = return_has_a_study(check, stated.expected_return, stated.study)) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::OfferReviewedByChainUnit& stated, const Context& context) {
  const Checks check(context, "14");
  const OfferState& offer = offer_of(context, stated.offer_id);
  if (auto no = is_open(check, offer, stated.offer_id)) return *no;
  const auto& chain_id = offer.said.chain_id;
  const auto lead = chain_id ? context.reference.chain_lead(*chain_id, context.occurred_on)
                             : std::optional<std::string>();
  if (!lead) {
    return check.reject(
        Kind::wrong_state, "offer-without-chain-unit", "/offerId",
        {"该谋划项目没有产业链，或产业链没有链主单位。",
         "The offer has no chain, or its chain has no lead unit."},
        {"请先更新产业链；没有链主单位的，由办公室直接论证。",
         "Give it a chain first; without a lead unit the office assesses it directly."});
  }
  if (auto no = check.own_unit(*lead)) return *no;
  if (offer.status != Status::proposed && offer.status != Status::reviewed) {
    return wrong_status(check, offer, "offer-past-review",
                        {"审阅在论证之前；内容更新后重新审阅。",
                         "It is reviewed before its assessment, and anew after an update."});
  }
  if (auto no = check.words(stated.opinion, "/opinion")) return *no;
  return only(check.fact(stated));
}

// Art. 14: the office leads, chain-lead units cooperate: where there is one, it is heard first.
Result<Decision> decide(const schema::OfferAssessed& stated, const Context& context) {
  const Checks check(context, "14");
  const OfferState& offer = offer_of(context, stated.offer_id);
  if (auto no = is_open(check, offer, stated.offer_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  const auto& chain_id = offer.said.chain_id;
  const bool has_lead =
      chain_id && context.reference.chain_lead(*chain_id, context.occurred_on).has_value();
  if (offer.status == Status::proposed && has_lead) {
    return wrong_status(check, offer, "offer-not-reviewed",
                        {"请先由链主单位审阅。", "Let the chain-lead unit review it first."});
  }
  if (offer.status != Status::proposed && offer.status != Status::reviewed) {
    return wrong_status(check, offer, "offer-already-assessed",
                        {"请先更新内容，再重新审阅、论证。",
                         "Update it first; then it is reviewed and assessed anew."});
  }
  if (auto no = check.words(stated.opinion, "/opinion")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::EnterOfferLibrary& stated, const Context& context) {
  const Checks check(context, "15");
  const OfferState& offer = offer_of(context, stated.offer_id);
  if (auto no = is_open(check, offer, stated.offer_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (offer.status == Status::in_library) {
    return wrong_status(check, offer, "offer-in-library",
                        {"无需重复入库；请按期确认。", "It is in; confirm it in time."});
  }
  if (offer.status != Status::feasible) {
    return wrong_status(check, offer, "offer-not-feasible",
                        {"论证可行后方可入库。", "It enters once it was assessed as feasible."});
  }
  return only(check.fact(schema::OfferEnteredLibrary{stated.offer_id, confirm_by(context)}));
}

namespace {

Objection stands_in_library(const Checks& check, const OfferState& offer) {
  if (offer.status == Status::in_library) return {};
  return wrong_status(check, offer, "offer-not-in-library",
                      {"请先由办公室入库。", "Let the office enter it into the library first."});
}

}  // namespace

Result<Decision> decide(const schema::ConfirmOffer& stated, const Context& context) {
  const Checks check(context, "15");
  const OfferState& offer = offer_of(context, stated.offer_id);
  if (auto no = is_open(check, offer, stated.offer_id)) return *no;
  if (auto no = check.own_unit(offer.said.unit_id)) return *no;
  if (auto no = stands_in_library(check, offer)) return *no;
  if (context.occurred_on <= offer.confirmed_on) {
    const std::string day = to_string(offer.confirmed_on);
    return check.reject(Kind::wrong_state, "offer-already-confirmed", "/offerId",
                        {"该项目已于 " + day + " 确认。", "It was confirmed on " + day + "."},
                        {"请在此日之后再确认。", "Confirm it on a later day."});
  }
  return only(check.fact(schema::OfferConfirmed{stated.offer_id, confirm_by(context)}));
}

Result<Decision> decide(const schema::OfferUpdated& stated, const Context& context) {
  const Checks check(context, "15");
  const OfferState& offer = offer_of(context, stated.offer_id);
  if (auto no = is_open(check, offer, stated.offer_id)) return *no;
  if (auto no = check.own_unit(offer.said.unit_id)) return *no;
  if (!changes(offer.said, stated)) {
    return check.reject(Kind::invalid, "offer-unchanged", {},
                        {"没有任何内容发生变化。", "Nothing of it changes."},
                        {"请填写变化的内容；没有变化的，在库项目只需确认。",
                         "State what changes; an entry without changes is only confirmed."});
  }
  if (stated.name) {
    if (auto no = check.name(*stated.name, "/name")) return *no;
  }
  if (stated.chain_id || stated.node_id) {
    const auto& chain_id = stated.chain_id ? stated.chain_id : offer.said.chain_id;
    if (auto no = place_in_chain(check, chain_id, stated.node_id)) return *no;
  }
  if (auto no = check.words_if_stated(stated.content, "/content")) return *no;
  if (auto no = amount_is_positive(check, stated.amount)) return *no;
  if (auto no = check.words_if_stated(stated.land, "/land")) return *no;
  const auto& study = stated.study ? stated.study : offer.said.study;
  if (auto no = return_has_a_study(check, stated.expected_return, study)) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::OfferWithdrawn& stated, const Context& context) {
  const Checks check(context, "15");
  const OfferState& offer = offer_of(context, stated.offer_id);
  if (auto no = is_open(check, offer, stated.offer_id)) return *no;
  if (auto no = check.own_unit(offer.said.unit_id)) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::OfferLanded& stated, const Context& context) {
  const Checks check(context, "15");
  const OfferState& offer = offer_of(context, stated.offer_id);
  if (auto no = is_open(check, offer, stated.offer_id)) return *no;
  if (auto no = check.own_unit(offer.said.unit_id)) return *no;
  if (auto no = stands_in_library(check, offer)) return *no;
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no =
          check.exists(project.exists(), {"项目", "project"}, stated.project_id, "/projectId")) {
    return *no;
  }
  if (project.ended()) {
    return check.reject(Kind::wrong_state, "project-ended", "/projectId",
                        {"项目已终止。", "The project has ended."},
                        {"请填写承接该谋划项目的项目。", "Name the project it became."});
  }
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
