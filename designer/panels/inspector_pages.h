#pragma once

#include "designer/panels/inspector_form.h"
#include "designer/panels/step_scope.h"

#include <string>

namespace designer {

/// What decides which rows a page has; a page is made anew when this changes, else refreshed.
std::string pageShape(const engine::Step &step);
std::string pageShape(const engine::Flow &flow);

void buildStepPage(InspectorForm &form, const StepScope &step);
void buildFlowPage(InspectorForm &form, FlowDocument &document);

// One a kind; buildStepPage() chooses.
void buildActivityPage(InspectorForm &form, const StepScope &step);
void buildWaitPage(InspectorForm &form, const StepScope &step);
void buildCollectPage(InspectorForm &form, const StepScope &step);
void buildApprovalPage(InspectorForm &form, const StepScope &step);
void buildTimerPage(InspectorForm &form, const StepScope &step);
void buildChoicePage(InspectorForm &form, const StepScope &step);
void buildSetPage(InspectorForm &form, const StepScope &step);
void buildEndPage(InspectorForm &form, const StepScope &step);
void buildFailPage(InspectorForm &form, const StepScope &step);
void buildParallelPage(InspectorForm &form, const StepScope &step);
void buildJoinPage(InspectorForm &form, const StepScope &step);
void buildForEachPage(InspectorForm &form, const StepScope &step);
void buildSubFlowPage(InspectorForm &form, const StepScope &step);
void buildSendPage(InspectorForm &form, const StepScope &step);
void buildEmitPage(InspectorForm &form, const StepScope &step);
void buildContinueAsNewPage(InspectorForm &form, const StepScope &step);
void buildResumePage(InspectorForm &form, const StepScope &step);
void buildNotePage(InspectorForm &form, const StepScope &step);
void buildUnknownPage(InspectorForm &form, const StepScope &step);

// Rows that several pages have.
void addNext(InspectorForm &form, const StepScope &step);
void addErrorWays(InspectorForm &form, const StepScope &step);

} // namespace designer
