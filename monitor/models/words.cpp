#include "monitor/models/words.h"

#include "engine/model/flow.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <nlohmann/json.hpp>

#include <array>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("monitor::words", text); }

QDateTime localTime(engine::Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count());
}

app::Status plainStatus(engine::InstanceStatus status)
{
    using engine::InstanceStatus;
    switch (status) {
    case InstanceStatus::Pending: return app::Status::Pending;
    case InstanceStatus::Running: return app::Status::Running;
    case InstanceStatus::Suspended: return app::Status::Suspended;
    case InstanceStatus::Completed: return app::Status::Completed;
    case InstanceStatus::Failed: return app::Status::Failed;
    case InstanceStatus::Terminated: return app::Status::Terminated;
    }
    return app::Status::Pending;
}

/// The text inside a JSON string, or the JSON itself.
QString plainText(const engine::JsonText &value)
{
    if (!value.text().starts_with('"'))
        return QString::fromStdString(value.text());
    return QString::fromStdString(value.tree().get<std::string>());
}

struct Unit {
    qint64 milliseconds;
    const char *text;
};
constexpr std::array<Unit, 4> units{{
    {86'400'000, QT_TRANSLATE_NOOP("monitor::words", "%1 d")},
    {3'600'000, QT_TRANSLATE_NOOP("monitor::words", "%1 h")},
    {60'000, QT_TRANSLATE_NOOP("monitor::words", "%1 min")},
    {1'000, QT_TRANSLATE_NOOP("monitor::words", "%1 s")},
}};

} // namespace

app::Badge badgeOf(const engine::InstanceSummary &instance)
{
    if (!instance.setAside.empty())
        return {u"warning"_s, tr("Set aside"), app::Color::Failed, app::Color::FailedTint};
    if (instance.waiting && instance.status == engine::InstanceStatus::Running)
        return app::statusBadge(app::Status::Waiting);
    return app::statusBadge(plainStatus(instance.status));
}

QString flowWord(const engine::InstanceSummary &instance)
{
    return u"%1 v%2"_s.arg(QString::fromStdString(instance.flow.value)).arg(instance.version);
}

QString standsOnWord(const engine::InstanceSummary &instance)
{
    using engine::InstanceStatus;
    if (!instance.setAside.empty())
        return QString::fromStdString(instance.setAside);
    if (!isFinished(instance.status))
        return QString::fromStdString(instance.standsOn);
    if (instance.status == InstanceStatus::Failed && !instance.errorType.empty())
        return u"%1: %2"_s.arg(
            QString::fromStdString(instance.errorType), plainText(instance.output));
    if (instance.status == InstanceStatus::Completed && instance.finishedAt)
        //: Under a completed instance in the list: how long it ran.
        return tr("took %1").arg(durationWord(*instance.finishedAt - instance.createdAt));
    return plainText(instance.output);
}

QString timeWord(engine::Instant instant)
{
    const auto time = localTime(instant);
    const auto days = QDate::currentDate().daysTo(time.date());
    const QLocale locale;
    const auto clock = locale.toString(time.time(), u"HH:mm:ss"_s);
    if (days == 0)
        return clock;
    if (days > -7 && days < 7)
        return u"%1 %2"_s.arg(locale.dayName(time.date().dayOfWeek(), QLocale::ShortFormat),
            locale.toString(time.time(), u"HH:mm"_s));
    return locale.toString(time, u"d MMM yyyy, HH:mm"_s);
}

QString exactTimeWord(engine::Instant instant)
{
    return QLocale().toString(localTime(instant), u"ddd d MMM yyyy, HH:mm:ss.zzz t"_s);
}

QString durationWord(engine::Milliseconds duration)
{
    auto rest = duration.count();
    if (rest < 1'000)
        return tr("%1 ms").arg(rest);
    QStringList parts;
    for (const auto &unit : units) {
        const auto count = rest / unit.milliseconds;
        rest %= unit.milliseconds;
        if (count > 0)
            parts += tr(unit.text).arg(QLocale().toString(count));
        if (parts.size() == 2 || (!parts.isEmpty() && count == 0))
            break;
    }
    return parts.join(u' ');
}

QString stepWord(const engine::StepId &step, const engine::Flow *flow)
{
    const auto *found = flow ? engine::findStep(*flow, step) : nullptr;
    return QString::fromStdString(found ? engine::displayName(*found) : step.value);
}

QString untilWord(const std::optional<engine::Instant> &until)
{
    //: How long something waits: without end.
    return until ? tr("until %1").arg(timeWord(*until)) : tr("no limit");
}

} // namespace monitor
