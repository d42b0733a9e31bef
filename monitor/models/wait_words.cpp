#include "monitor/models/wait_words.h"

#include "engine/history/run_progress.h"
#include "engine/model/flow.h"
#include "monitor/models/words.h"

#include <QCoreApplication>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("monitor::WaitsView", text, nullptr, n);
}

QString joined(const std::vector<std::string> &names)
{
    QStringList list;
    for (const auto &name : names)
        list += QString::fromStdString(name);
    return list.join(u", "_s);
}

QString whatFor(const engine::StepTrace &trace, const engine::WaitStep *wait)
{
    if (trace.waitsFor.empty())
        return tr("a time");
    if (!wait || wait->events.size() < 2)
        return joined(trace.waitsFor);
    if (wait->mode == engine::WaitMode::Any)
        //: What a step waits for: any of the events %1.
        return tr("any of %1").arg(joined(trace.waitsFor));
    const auto needed = wait->count.value_or(static_cast<int>(wait->events.size()));
    //: What a step waits for: %1 of %2 events have come, %3 are missing.
    return tr("%1 of %2, missing %3").arg(trace.taken).arg(needed).arg(joined(trace.waitsFor));
}

QString whereFor(const engine::StepTrace &trace, const engine::Flow *flow)
{
    const auto name = stepWord(trace.step, flow);
    //: A step that is entered again: its name and for the how manieth time.
    return trace.passes > 0 ? tr("%1, time %2").arg(name).arg(trace.passes + 1) : name;
}

/// What a step does, in one word for "what then".
QString deedOf(const engine::Step *step)
{
    if (!step)
        return {};
    if (std::holds_alternative<engine::EndStep>(step->body))
        return tr("ends the run");
    if (std::holds_alternative<engine::FailStep>(step->body))
        return tr("fails the run");
    return {};
}

} // namespace

WaitWords wordsFor(const engine::StepTrace &trace, const engine::Flow *flow)
{
    const auto *step = flow ? engine::findStep(*flow, trace.step) : nullptr;
    const auto *wait = step ? std::get_if<engine::WaitStep>(&step->body) : nullptr;
    WaitWords words{.what = whatFor(trace, wait), .where = whereFor(trace, flow)};
    if (wait && wait->timeout && !wait->onTimeout.empty()) {
        words.then = stepWord(wait->onTimeout, flow);
        words.thenMore = deedOf(engine::findStep(*flow, wait->onTimeout));
    } else if (wait && wait->timeout && wait->fallback) {
        words.then = stepWord(wait->next, flow);
        words.thenMore =
            tr("with default %1").arg(QString::fromStdString(wait->fallback->written.text()));
    } else if (wait && wait->timeout) {
        words.then = tr("TimeoutError");
        words.thenMore = tr("handled by the step or fails the run");
    } else if (const auto *timer = step ? std::get_if<engine::TimerStep>(&step->body) : nullptr) {
        words.then = stepWord(timer->next, flow);
    }
    return words;
}

} // namespace monitor
