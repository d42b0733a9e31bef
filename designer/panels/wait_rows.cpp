#include "designer/panels/wait_rows.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::WaitRows)
};

} // namespace

ComboOptions declaredEvents(const StepScope &step)
{
    return [document = &step.document()] {
        std::vector<ComboOption> options;
        for (const engine::EventDeclaration &event : document->flow().events) {
            const QString name = QString::fromStdString(event.name);
            options.push_back({name, name, QStringLiteral("wait"), app::Color::KindWait});
        }
        return options;
    };
}

QString declarationHint(const StepScope &step, const std::string &event)
{
    if (event.empty() || engine::findEvent(step.document().flow(), event))
        return {};
    return Words::tr("Not declared in the flow: any payload is taken.");
}

void addClock(InspectorForm &form, Read<std::string> read, Write<std::string> write)
{
    const ComboOption goesOn{{}, Words::tr("goes on"), {}, {}};
    const ComboOption pauses{QStringLiteral("pause"), Words::tr("pauses"), {}, {}};
    form.combo(
        {.name = "clock",
            //: Whether the timeout goes on while the instance is suspended.
            .label = Words::tr("Clock"),
            .read = [read] { return QString::fromStdString(read()); },
            .write =
                [write](const QString &clock) {
                    write(clock.toStdString());
                    return QString();
                }},
        [goesOn, pauses] {
            return std::vector{goesOn, pauses};
        },
        [read, goesOn, pauses] { return read() == "pause" ? pauses : goesOn; });
}

} // namespace designer
