#include "designer/panels/palette_entries.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::Palette)
};

/// 0: begins with it, 1: holds it, 2: its group or kind holds it, 3: not at all.
int rank(const PaletteEntry &entry, const QString &typed)
{
    if (entry.text.startsWith(typed, Qt::CaseInsensitive))
        return 0;
    if (entry.text.contains(typed, Qt::CaseInsensitive))
        return 1;
    const bool beside = entry.group.contains(typed, Qt::CaseInsensitive) ||
                        entry.kind.contains(typed, Qt::CaseInsensitive);
    return beside ? 2 : 3;
}

} // namespace

std::vector<PaletteEntry> paletteEntries()
{
    using app::Color;
    const QString wait = Words::tr("Wait");
    const QString work = Words::tr("Work");
    const QString route = Words::tr("Route");
    const QString finish = Words::tr("Finish");
    return {
        {u"wait"_s, wait, Words::tr("Event"), u"wait"_s, Color::KindWait,
            Words::tr("Waits for one event, any of several, or all of them.")},
        {u"collect"_s, wait, Words::tr("Collect"), u"collect"_s, Color::KindWait,
            Words::tr("Takes events of one name into a list.")},
        {u"timer"_s, wait, Words::tr("Timer"), u"timer"_s, Color::KindWait,
            Words::tr("Goes on after a while, or at a time.")},
        {u"http"_s, work, Words::tr("HTTP call"), u"activity"_s, Color::KindWork,
            Words::tr("Calls a service and takes its answer.")},
        {u"script"_s, work, Words::tr("Script"), u"code"_s, Color::KindWork,
            Words::tr("Computes something in JavaScript.")},
        {u"log"_s, work, Words::tr("Log"), u"activity"_s, Color::KindWork,
            Words::tr("Writes a line to the log.")},
        {u"set"_s, work, Words::tr("Set"), u"set"_s, Color::KindData,
            Words::tr("Sets variables and the custom status.")},
        {u"choice"_s, route, Words::tr("Choice"), u"choice"_s, Color::KindRoute,
            Words::tr("Goes on with the first case that is true.")},
        {u"end"_s, finish, Words::tr("End"), u"end"_s, Color::KindEnd,
            Words::tr("Ends the instance with a result.")},
        {u"fail"_s, finish, Words::tr("Fail"), u"fail"_s, Color::KindFail,
            Words::tr("Fails with an error type and a message.")},
    };
}

std::vector<PaletteEntry> matching(const QString &typed)
{
    std::vector<PaletteEntry> entries = paletteEntries();
    const QString wanted = typed.trimmed();
    if (wanted.isEmpty())
        return entries;
    std::erase_if(entries, [&](const PaletteEntry &entry) { return rank(entry, wanted) > 2; });
    std::ranges::stable_sort(entries, [&](const PaletteEntry &a, const PaletteEntry &b) {
        return rank(a, wanted) < rank(b, wanted);
    });
    return entries;
}

} // namespace designer
