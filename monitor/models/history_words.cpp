#include "monitor/models/history_model.h"

#include "engine/base/overloaded.h"
#include "engine/history/history_event.h"
#include "monitor/models/words.h"

#include <QCoreApplication>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("monitor::HistoryModel", text); }
QString plain(const std::string &text) { return QString::fromStdString(text); }

/// The beginning of a JSON value, for one line.
QString brief(const engine::JsonText &value)
{
    constexpr qsizetype length = 120;
    const auto text = plain(value.text()).simplified();
    return text.size() > length ? text.left(length - 1) + u'…' : text;
}

QString from(const engine::Source &source)
{
    return source.who.empty() ? plain(source.via)
                              : u"%1, %2"_s.arg(plain(source.via), plain(source.who));
}

QString reason(const engine::Failure &failure)
{
    return u"%1: %2"_s.arg(plain(failure.type), plain(failure.message));
}

QString joined(const std::vector<std::string> &names)
{
    QStringList list;
    for (const auto &name : names)
        list += plain(name);
    return list.join(u", "_s);
}

QString variables(const engine::VariablesSet &set)
{
    QStringList list;
    for (const auto &[name, value] : set.values)
        list += u"%1 = %2"_s.arg(plain(name), brief(value));
    for (const auto &[name, value] : set.appended)
        list += u"%1 + %2"_s.arg(plain(name), brief(value));
    return list.join(u", "_s);
}

struct Words {
    const engine::Flow *flow;

    QString operator()(const engine::ExecutionStarted &f) const
    {
        return tr("%1 v%2 from %3").arg(plain(f.flow.value)).arg(f.version).arg(from(f.source));
    }
    QString operator()(const engine::ExecutionCompleted &f) const
    {
        return f.failure ? reason(*f.failure) : brief(f.output);
    }
    QString operator()(const engine::ExecutionTerminated &f) const
    {
        return f.reason.empty() ? from(f.source)
                                : u"%1 (%2)"_s.arg(plain(f.reason), from(f.source));
    }
    QString operator()(const engine::ExecutionSuspended &f) const
    {
        return operator()(engine::ExecutionTerminated{f.reason, f.source});
    }
    QString operator()(const engine::ExecutionResumed &f) const
    {
        return operator()(engine::ExecutionTerminated{f.reason, f.source});
    }
    QString operator()(const engine::StepEntered &) const { return {}; }
    QString operator()(const engine::StepLeft &f) const
    {
        const auto way = f.failure ? reason(*f.failure) : plain(f.way);
        return f.to.empty() ? way : u"%1 → %2"_s.arg(way, stepWord(f.to, flow));
    }
    QString operator()(const engine::TaskScheduled &f) const
    {
        return u"%1 %2"_s.arg(plain(f.activity), brief(f.input));
    }
    QString operator()(const engine::TaskAttemptFailed &f) const
    {
        return tr("attempt %1: %2").arg(f.attempt).arg(reason(f.failure));
    }
    QString operator()(const engine::TaskCompleted &f) const { return brief(f.result); }
    QString operator()(const engine::TaskFailed &f) const
    {
        return tr("attempt %1, the last: %2").arg(f.attempt).arg(reason(f.failure));
    }
    QString operator()(const engine::TaskCanceled &) const { return {}; }
    QString operator()(const engine::TimerCreated &f) const
    {
        return tr("due %1").arg(exactTimeWord(f.fireAt));
    }
    QString operator()(const engine::TimerFired &) const { return {}; }
    QString operator()(const engine::TimerCanceled &) const { return {}; }
    QString operator()(const engine::TimerPaused &) const { return {}; }
    QString operator()(const engine::EventRaised &f) const
    {
        return tr("%1 from %2: %3").arg(plain(f.name), from(f.source), brief(f.payload));
    }
    QString operator()(const engine::EventTaken &f) const
    {
        return tr("takes event %1").arg(f.event);
    }
    QString operator()(const engine::EventIgnored &f) const
    {
        return tr("%1 from %2: %3").arg(plain(f.name), from(f.source), plain(f.reason));
    }
    QString operator()(const engine::EventDeleted &f) const
    {
        return tr("deletes event %1 (%2)").arg(f.event).arg(from(f.source));
    }
    QString operator()(const engine::EventHandedOn &f) const
    {
        return tr("hands event %1 on to %2 (%3)")
            .arg(f.event)
            .arg(plain(f.to.value), from(f.source));
    }
    QString operator()(const engine::WhereFailed &f) const
    {
        return tr("event %1: %2").arg(f.event).arg(plain(f.message));
    }
    QString operator()(const engine::WaitOpened &f) const
    {
        const auto names = joined(f.names);
        if (f.names.size() < 2)
            return names;
        return tr("%1 of %2: %3").arg(f.needed).arg(f.names.size()).arg(names);
    }
    QString operator()(const engine::WaitClosed &) const { return {}; }
    QString operator()(const engine::VariablesSet &f) const { return variables(f); }
    QString operator()(const engine::CustomStatusSet &f) const { return brief(f.status); }
    QString operator()(const engine::ExecutionContinuedAsNew &f) const { return brief(f.input); }
    QString operator()(const engine::EventIdsCarried &f) const
    {
        return tr("event ids of earlier runs: %1").arg(f.keys.size());
    }
    QString operator()(const engine::SubFlowScheduled &f) const
    {
        return tr("%1 as instance %2: %3")
            .arg(plain(f.flow.value), plain(f.instance.value), brief(f.input));
    }
    QString operator()(const engine::SubFlowCompleted &f) const { return brief(f.result); }
    QString operator()(const engine::SubFlowFailed &f) const { return reason(f.failure); }
    QString operator()(const engine::SubFlowCanceled &f) const
    {
        return f.livesOn ? tr("the instance lives on") : QString();
    }
    QString operator()(const engine::EventSent &f) const
    {
        return tr("%1 to %2: %3")
            .arg(plain(f.name), plain(f.instance.value), brief(f.payload));
    }
    QString operator()(const engine::TaskOpened &f) const
    {
        return f.assignees.empty() ? plain(f.title)
                                   : tr("%1, asks %2").arg(plain(f.title), joined(f.assignees));
    }
    QString operator()(const engine::TaskAnswered &f) const
    {
        return tr("%1 answers %2").arg(plain(f.by), plain(f.outcome));
    }
    QString operator()(const engine::TaskClosed &f) const
    {
        switch (f.end) {
        case engine::TaskEnd::Decided: return tr("decided");
        case engine::TaskEnd::Due: return tr("its time was up");
        case engine::TaskEnd::Withdrawn: break;
        }
        return plain(f.reason);
    }
    QString operator()(const engine::TaskClaimed &f) const
    {
        return f.by.empty() ? tr("given back (%1)").arg(from(f.source)) : plain(f.by);
    }
    QString operator()(const engine::TaskReassigned &f) const
    {
        const auto to = tr("asks %1 (%2)").arg(joined(f.assignees), from(f.source));
        return f.reason.empty() ? to : u"%1: %2"_s.arg(to, plain(f.reason));
    }
    QString operator()(const engine::TaskCommented &f) const
    {
        return f.question ? tr("%1 asks: %2").arg(plain(f.by), plain(f.text))
                          : u"%1: %2"_s.arg(plain(f.by), plain(f.text));
    }
    QString operator()(const engine::TaskReminded &f) const
    {
        return tr("reminder %1").arg(f.number);
    }
    QString operator()(const engine::TaskEscalated &f) const
    {
        return tr("level %1, asks %2").arg(f.level).arg(joined(f.assignees));
    }
    QString operator()(const engine::DecisionYielded &) const
    {
        return tr("goes on in the next turn");
    }
    QString operator()(const engine::RegionOpened &f) const
    {
        return f.atOnce < f.branches ? tr("%1 branches, %2 at a time").arg(f.branches).arg(f.atOnce)
                                     : tr("%1 branches").arg(f.branches);
    }
    QString operator()(const engine::BranchOpened &f) const
    {
        return u"%1 → %2"_s.arg(plain(f.branch.value), stepWord(f.to, flow));
    }
    QString operator()(const engine::BranchCompleted &f) const { return plain(f.branch.value); }
    QString operator()(const engine::BranchFailed &f) const { return plain(f.branch.value); }
    QString operator()(const engine::RegionJoined &) const { return {}; }
    QString operator()(const engine::RegionFailed &) const { return {}; }
    QString operator()(const engine::InterruptBegan &f) const
    {
        return f.beside ? tr("%1 runs %2 beside").arg(plain(f.name), stepWord(f.to, flow))
                        : tr("%1 interrupts: %2").arg(plain(f.name), stepWord(f.to, flow));
    }
    QString operator()(const engine::InterruptEnded &f) const
    {
        return f.failure ? reason(*f.failure) : tr("what halted goes on");
    }
    QString operator()(const engine::InterruptDropped &f) const
    {
        return f.newer == 0 ? tr("drops event %1").arg(f.event)
                            : tr("drops event %1; event %2 is newer").arg(f.event).arg(f.newer);
    }
    QString operator()(const engine::InstanceRewound &f) const { return plain(f.reason); }
    QString operator()(const engine::BranchRewound &f) const { return stepWord(f.to, flow); }
    QString operator()(const engine::EventKeptAgain &f) const { return plain(f.name); }
    QString operator()(const engine::VariablesEdited &f) const { return plain(f.reason); }
    QString operator()(const engine::StepSkipped &f) const
    {
        return stepWord(f.step, flow) + QStringLiteral(": ") + plain(f.reason);
    }
    QString operator()(const engine::BranchMoved &f) const
    {
        return stepWord(f.to, flow) + QStringLiteral(": ") + plain(f.reason);
    }
    QString operator()(const engine::CorrelationOpened &f) const { return joined(f.names); }
    QString operator()(const engine::CorrelationClosed &) const { return {}; }
};

} // namespace

QString summaryOf(const engine::HistoryEvent &event, const engine::Flow *flow)
{
    return std::visit(Words{flow}, event.fact);
}

} // namespace monitor
