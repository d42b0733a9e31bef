#include "designer/panels/inspector_pages.h"

#include "app/widgets/json_view.h"
#include "designer/panels/activity_inputs.h"
#include "engine/base/overloaded.h"

#include <QCoreApplication>

#include <algorithm>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::InspectorPages)
};

const std::vector<const char *> &errorTypes()
{
    static const std::vector<const char *> types{"*", "TimeoutError", "ActivityTimeout",
        "HttpError", "ProcessError", "SqlError", "FileError", "MailError", "WorkerError",
        "SubFlowFailed", "ExpressionError", "ValidationError", "NotAllowed"};
    return types;
}

std::string shapeOf(const engine::WaitStep &wait)
{
    return std::to_string(static_cast<int>(wait.mode)) + std::to_string(wait.events.size()) +
           (wait.count ? "n" : "") + (wait.fallback ? "d" : "");
}

std::string shapeOf(const engine::TimerStep &timer)
{
    return timer.cron ? "cron" : (timer.at ? "at" : "after");
}

std::string shapeOf(const engine::ApprovalStep &approval)
{
    return std::to_string(approval.outcomes.size()) + '+' +
           std::to_string(approval.escalate.size()) +
           (approval.policy == engine::PolicyMode::Count ? "n" : "");
}

ComboOptions errorTypeOptions()
{
    return [] {
        std::vector<ComboOption> options;
        for (const char *type : errorTypes())
            options.push_back({QString::fromLatin1(type), QString::fromLatin1(type), {}, {}});
        return options;
    };
}

void addErrorWay(InspectorForm &form, const StepScope &step, std::size_t at)
{
    const std::string name = "onError." + std::to_string(at);
    const auto way = [step, at]() -> std::pair<std::string, engine::StepId> {
        const auto &ways = step.step().onError;
        return at < ways.size() ? ways[at] : std::pair<std::string, engine::StepId>();
    };
    const auto change = [step, at](const auto &write) {
        step.edit(
            "onError " + std::to_string(at), Words::tr("on error"), [&](engine::Step &edited) {
                if (at < edited.onError.size())
                    write(edited.onError[at]);
            });
    };
    form.row(
        [&] {
            form.editableCombo(
                {.name = name + ".type",
                    .label = Words::tr("Error"),
                    .read = [way] { return QString::fromStdString(way().first); },
                    .write =
                        [change](const QString &text) {
                            change([&](auto &edited) { edited.first = text.toStdString(); });
                            return QString();
                        },
                    .below = {}},
                errorTypeOptions());
            const ComboOption none{{}, Words::tr("nowhere yet"), {}, {}};
            form.combo({.name = name + ".to",
                           .label = Words::tr("Go to"),
                           .read = [way] { return QString::fromStdString(way().second.value); },
                           .write =
                               [change](const QString &id) {
                                   change(
                                       [&](auto &edited) { edited.second = {id.toStdString()}; });
                                   return QString();
                               }},
                step.stepOptions({}),
                [step, way, none] { return step.stepOption(way().second, none); });
            form.cross(name + ".remove", Words::tr("Remove"), [step, at] {
                step.edit({}, Words::tr("on error"), [&](engine::Step &edited) {
                    if (at < edited.onError.size())
                        edited.onError.erase(
                            edited.onError.begin() + static_cast<std::ptrdiff_t>(at));
                });
            });
        },
        {3, 4});
}

/// An error type that has no way yet.
std::string unusedErrorType(const engine::Step &step)
{
    for (const char *type : errorTypes()) {
        const auto is = [&](const auto &way) { return way.first == type; };
        if (std::ranges::none_of(step.onError, is))
            return type;
    }
    return "Error" + std::to_string(step.onError.size());
}

} // namespace

std::string pageShape(const engine::Step &step)
{
    const std::string own = std::visit(
        engine::Overloaded{
            [](const engine::ActivityStep &body) {
                return activityShape(body) + (body.retry ? "r" : "");
            },
            [](const engine::WaitStep &body) { return shapeOf(body); },
            [](const engine::TimerStep &body) { return shapeOf(body); },
            [](const engine::ApprovalStep &body) { return shapeOf(body); },
            [](const engine::ChoiceStep &body) { return std::to_string(body.cases.size()); },
            [](const engine::SetStep &body) {
                return std::to_string(body.variables.size()) + '+' +
                       std::to_string(body.append.size());
            },
            [](const engine::ParallelStep &body) { return std::to_string(body.branches.size()); },
            [](const engine::JoinStep &body) {
                return std::to_string(static_cast<int>(body.mode));
            },
            [](const engine::UnknownStep &body) { return body.written.text(); },
            [](const auto &) { return std::string(); },
        },
        step.body);
    return std::to_string(step.body.index()) + '|' + own + '|' +
           std::to_string(step.onError.size());
}

std::string pageShape(const engine::Flow &flow)
{
    return std::to_string(flow.events.size()) + '|' + std::to_string(flow.variables.size());
}

void addNext(InspectorForm &form, const StepScope &step)
{
    const auto next = [step]() -> engine::StepId {
        for (const engine::Transition &way : engine::transitionsFrom(step.step()))
            if (way.kind == engine::Transition::Kind::Next)
                return way.to;
        return {};
    };
    form.section(Words::tr("Next"));
    const ComboOption none{{}, Words::tr("nowhere yet"), {}, {}};
    form.combo(
        {.name = "next",
            .read = [next] { return QString::fromStdString(next().value); },
            .write =
                [step](const QString &id) {
                    step.document().connectTo(
                        {engine::Transition::Kind::Next, {}, step.id(), {}}, {id.toStdString()});
                    return QString();
                }},
        step.stepOptions({none}), [step, next, none] { return step.stepOption(next(), none); });
}

void addErrorWays(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("On error"));
    for (std::size_t i = 0; i < step.step().onError.size(); ++i)
        addErrorWay(form, step, i);
    form.link("onError.add", Words::tr("Add a way for an error"), [step] {
        step.edit({}, Words::tr("on error"), [](engine::Step &edited) {
            edited.onError.emplace_back(unusedErrorType(edited), engine::StepId());
        });
    });
}

void buildStepPage(InspectorForm &form, const StepScope &step)
{
    std::visit(engine::Overloaded{
                   [&](const engine::ActivityStep &) { buildActivityPage(form, step); },
                   [&](const engine::WaitStep &) { buildWaitPage(form, step); },
                   [&](const engine::CollectStep &) { buildCollectPage(form, step); },
                   [&](const engine::ApprovalStep &) { buildApprovalPage(form, step); },
                   [&](const engine::TimerStep &) { buildTimerPage(form, step); },
                   [&](const engine::ChoiceStep &) { buildChoicePage(form, step); },
                   [&](const engine::SetStep &) { buildSetPage(form, step); },
                   [&](const engine::EndStep &) { buildEndPage(form, step); },
                   [&](const engine::FailStep &) { buildFailPage(form, step); },
                   [&](const engine::ParallelStep &) { buildParallelPage(form, step); },
                   [&](const engine::JoinStep &) { buildJoinPage(form, step); },
                   [&](const engine::ForEachStep &) { buildForEachPage(form, step); },
                   [&](const engine::SubFlowStep &) { buildSubFlowPage(form, step); },
                   [&](const engine::SendStep &) { buildSendPage(form, step); },
                   [&](const engine::EmitStep &) { buildEmitPage(form, step); },
                   [&](const engine::ContinueAsNewStep &) { buildContinueAsNewPage(form, step); },
                   [&](const engine::NoteStep &) { buildNotePage(form, step); },
                   [&](const engine::UnknownStep &) { buildUnknownPage(form, step); },
                   [&](const engine::ResumeStep &) { buildResumePage(form, step); },
               },
        step.step().body);
    form.finish();
    form.refresh();
}

void buildUnknownPage(InspectorForm &form, const StepScope &step)
{
    const auto &body = step.body<engine::UnknownStep>();
    form.section(Words::tr("Unknown kind"));
    form.sentence(
        Words::tr("This version does not run steps of the kind “%1”. The step is kept as it "
                  "is written, and the flow cannot be deployed with it.")
            .arg(QString::fromStdString(body.kind)));
    auto *view = new app::JsonView(&form);
    view->showJson(body.written.text());
    view->fitLines(3, 16);
    form.widget(view);
}

} // namespace designer
