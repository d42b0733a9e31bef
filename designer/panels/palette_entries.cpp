#include "designer/panels/palette_entries.h"

#include "designer/document/new_step.h"
#include "engine/model/activity_forms.h"

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

using app::Color;

std::vector<PaletteEntry> waiting()
{
    const QString wait = Words::tr("Wait");
    return {
        {u"wait"_s, wait, Words::tr("Event"), u"wait"_s, Color::KindWait,
            Words::tr("Waits for one event, any of several, or all of them.")},
        {u"collect"_s, wait, Words::tr("Collect"), u"collect"_s, Color::KindWait,
            Words::tr("Takes events of one name into a list.")},
        {u"timer"_s, wait, Words::tr("Timer"), u"timer"_s, Color::KindWait,
            Words::tr("Goes on after a while, or at a time.")},
        {u"approval"_s, wait, Words::tr("Approval"), u"approval"_s, Color::KindPeople,
            Words::tr("Asks people and goes on with their answer.")},
    };
}

std::vector<PaletteEntry> working()
{
    const QString work = Words::tr("Work");
    return {
        {u"http"_s, work, Words::tr("HTTP call"), u"link"_s, Color::KindWork,
            Words::tr("Calls a service and takes its answer.")},
        {u"script"_s, work, Words::tr("Script"), u"code"_s, Color::KindWork,
            Words::tr("Computes something in JavaScript.")},
        {u"process"_s, work, Words::tr("Program"), u"activity"_s, Color::KindWork,
            Words::tr("Runs a program of this machine.")},
        {u"file"_s, work, Words::tr("File"), u"file"_s, Color::KindWork,
            Words::tr("Reads or writes a file.")},
        {u"sql"_s, work, Words::tr("SQL query"), u"archive"_s, Color::KindWork,
            Words::tr("Asks a database.")},
        {u"mail"_s, work, Words::tr("Mail"), u"raise"_s, Color::KindWork,
            Words::tr("Sends a mail.")},
        {u"notify"_s, work, Words::tr("Notify"), u"bell"_s, Color::KindWork,
            Words::tr("Shows a note on the desktop.")},
        {u"worker"_s, work, Words::tr("Worker"), u"activity"_s, Color::KindWork,
            Words::tr("Work for a program of yours that asks for it.")},
        {u"log"_s, work, Words::tr("Log"), u"activity"_s, Color::KindWork,
            Words::tr("Writes a line to the log.")},
        {u"subFlow"_s, work, Words::tr("Sub-flow"), u"sub-flow"_s, Color::KindWork,
            Words::tr("Starts an instance of another flow.")},
        {u"set"_s, work, Words::tr("Set"), u"set"_s, Color::KindData,
            Words::tr("Sets variables and the custom status.")},
    };
}

std::vector<PaletteEntry> routing()
{
    const QString route = Words::tr("Route");
    return {
        {u"choice"_s, route, Words::tr("Choice"), u"choice"_s, Color::KindRoute,
            Words::tr("Goes on with the first case that is true.")},
        {u"parallel"_s, route, Words::tr("Parallel"), u"parallel"_s, Color::KindRoute,
            Words::tr("Starts branches that meet at a join.")},
        {u"forEach"_s, route, Words::tr("For each"), u"for-each"_s, Color::KindRoute,
            Words::tr("Starts a branch for each item of a list.")},
        {u"join"_s, route, Words::tr("Join"), u"join"_s, Color::KindRoute,
            Words::tr("Where the branches of a parallel step meet that has lost its join.")},
    };
}

std::vector<PaletteEntry> finishing()
{
    const QString finish = Words::tr("Send and finish");
    return {
        {u"send"_s, finish, Words::tr("Send"), u"send"_s, Color::KindOut,
            Words::tr("Raises an event for another instance.")},
        {u"emit"_s, finish, Words::tr("Emit"), u"emit"_s, Color::KindOut,
            Words::tr("Posts a CloudEvent to a URL.")},
        {u"end"_s, finish, Words::tr("End"), u"end"_s, Color::KindEnd,
            Words::tr("Ends the instance with a result.")},
        {u"fail"_s, finish, Words::tr("Fail"), u"fail"_s, Color::KindFail,
            Words::tr("Fails with an error type and a message.")},
        {u"continueAsNew"_s, finish, Words::tr("As new"), u"continue"_s, Color::KindOut,
            Words::tr("Begins the same instance again with a short history.")},
        {u"resume"_s, finish, Words::tr("Resume"), u"resume"_s, Color::KindInterrupt,
            Words::tr("Ends the handler of an interrupt; what it halted goes on.")},
        {u"note"_s, Words::tr("Draw"), Words::tr("Note"), u"note"_s, Color::Ochre,
            Words::tr("Words on the canvas that the engine does not read.")},
    };
}

} // namespace

std::vector<PaletteEntry> paletteEntries()
{
    std::vector<PaletteEntry> entries = waiting();
    for (const auto &group : {working(), routing(), finishing()})
        entries.insert(entries.end(), group.begin(), group.end());
    // An activity that this version does not run would only be refused.
    std::erase_if(entries, [](const PaletteEntry &entry) {
        const std::string kind = entry.kind.toStdString();
        return newActivity(kind) && !engine::findActivityForm(kind);
    });
    return entries;
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
