#include "designer/panels/duration_words.h"

#include "designer/canvas/durations.h"

#include <QRegularExpression>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace designer {
namespace {

struct Unit {
    const char *names; ///< between spaces
    int months;
    qint64 milliseconds;
};

constexpr std::array units{
    Unit{" y yr year years ", 12, 0},
    Unit{" mo month months ", 1, 0},
    Unit{" w wk week weeks ", 0, 7LL * 24 * 60 * 60 * 1000},
    Unit{" d day days ", 0, 24LL * 60 * 60 * 1000},
    Unit{" h hr hour hours ", 0, 60LL * 60 * 1000},
    Unit{" m min mins minute minutes ", 0, 60LL * 1000},
    Unit{" s sec secs second seconds ", 0, 1000},
    Unit{" ms millisecond milliseconds ", 0, 1},
};

const Unit *unitNamed(const QString &name)
{
    for (const Unit &unit : units)
        if (QLatin1StringView(unit.names).contains(u' ' + name.toLower() + u' '))
            return &unit;
    return nullptr;
}

/// Adds `number` units to `sum`; false where that is no whole thing.
bool add(engine::Duration &sum, double number, const Unit &unit)
{
    constexpr double mostMonths = 12.0 * 10'000;
    constexpr double mostMilliseconds = 1e15;
    if (unit.months > 0) {
        const double months = number * unit.months + sum.months;
        if (months != std::floor(months) || months > mostMonths)
            return false;
        sum.months = static_cast<int>(months);
        return true;
    }
    const double milliseconds = number * static_cast<double>(unit.milliseconds);
    if (milliseconds > mostMilliseconds)
        return false;
    sum.rest += engine::Milliseconds(std::llround(milliseconds));
    return true;
}

} // namespace

std::optional<engine::Duration> durationFromWords(QStringView words)
{
    const QString text = words.trimmed().toString();
    if (auto iso = engine::durationFromText(text.toUpper().toStdString()))
        return *iso;
    static const QRegularExpression part(uR"((\d+(?:[.,]\d+)?)\s*(\p{L}+)[\s,]*)"_s);
    engine::Duration sum;
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match = part.match(text, at, QRegularExpression::NormalMatch,
            QRegularExpression::AnchorAtOffsetMatchOption);
        const Unit *unit = match.hasMatch() ? unitNamed(match.captured(2)) : nullptr;
        if (!unit || !add(sum, match.captured(1).replace(u',', u'.').toDouble(), *unit))
            return std::nullopt;
        at = match.capturedEnd();
    }
    return at == 0 ? std::nullopt : std::optional(sum);
}

QString durationInWords(const engine::Duration &duration)
{
    constexpr int allUnits = 8;
    const QString words = shortDuration(duration, allUnits);
    if (durationFromWords(words) == duration)
        return words;
    return QString::fromStdString(engine::toText(duration));
}

} // namespace designer
