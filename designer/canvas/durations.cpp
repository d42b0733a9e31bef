#include "designer/canvas/durations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>

namespace designer {

namespace {

using namespace std::chrono_literals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Duration)
public:
    static QString months(int count)
    {
        // Not %n: the source text must read well where no translation is loaded.
        if (count % 12 == 0)
            return count == 12 ? tr("1 year") : tr("%1 years").arg(count / 12);
        return count == 1 ? tr("1 month") : tr("%1 months").arg(count);
    }
    static QString unit(int index, qint64 count)
    {
        switch (index) {
        //: Days, hours, minutes, seconds, milliseconds: shortest form, on a step.
        case 0: return tr("%1 d").arg(count);
        case 1: return tr("%1 h").arg(count);
        case 2: return tr("%1 min").arg(count);
        case 3: return tr("%1 s").arg(count);
        default: return tr("%1 ms").arg(count);
        }
    }
    static QString seconds(double count)
    {
        return tr("%1 s").arg(QLocale().toString(count, 'f', 1));
    }
};

constexpr std::array<engine::Milliseconds, 5> units{24h, 1h, 1min, 1s, 1ms};

void addUnits(QStringList &words, engine::Milliseconds rest, int most)
{
    for (int index = 0; index < int(units.size()) && words.size() < most; ++index) {
        const auto unit = units[static_cast<std::size_t>(index)];
        const qint64 count = rest / unit;
        rest -= count * unit;
        if (count > 0)
            words << Words::unit(index, count);
        else if (!words.isEmpty() && rest < units[2])
            break; // `1 d 4 h` says enough; seconds after days help nobody
    }
}

} // namespace

QString shortDuration(const engine::Duration &duration, int most)
{
    QStringList words;
    if (duration.months > 0)
        words << Words::months(duration.months);
    addUnits(words, duration.rest, most);
    return words.isEmpty() ? Words::unit(3, 0) : words.join(QLatin1Char(' '));
}

QString shortDuration(engine::Milliseconds duration, int most)
{
    duration = std::max(duration, 0ms);
    if (duration < 10s)
        return Words::seconds(double(duration.count()) / 1000);
    QStringList words;
    addUnits(words, std::chrono::floor<std::chrono::seconds>(duration), most);
    return words.join(QLatin1Char(' '));
}

QString runningTime(engine::Milliseconds duration)
{
    const qint64 seconds = std::max<qint64>(0, duration / 1s);
    const auto two = [](qint64 number) {
        return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
    };
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(two(seconds % 60));
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600)
        .arg(two(seconds / 60 % 60), two(seconds % 60));
}

} // namespace designer
