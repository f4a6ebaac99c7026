// Every view, made by a function of its own; catalogue.cpp puts them in order.
#pragma once

#include "projections/view.h"

namespace silkledger::projections {

View lead_view();
View project_view();
View progress_view();
View approval_view();
View fund_view();
View evaluation_view();
View problem_view();
View meeting_view();
View action_view();
View work_group_view();
View risk_view();
View audit_view();
View unit_view();
View person_view();
View item_view();
View chain_view();
View duty_view();
View chain_graph_view();
View offer_view();
View unit_plan_view();
View enterprise_view();

}  // namespace silkledger::projections
