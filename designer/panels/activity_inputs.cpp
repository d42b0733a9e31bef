#include "designer/panels/activity_inputs.h"

#include "designer/document/json_members.h"
#include "designer/panels/bindings.h"
#include "engine/model/activity_forms.h"

#include <QCoreApplication>

#include <map>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::ActivityPage)
};

using engine::ActivityStep;

/// A member of the activity's `with`.
struct Input {
    StepScope step;
    std::string key;
    QString label;
    QString hint;
    QString placeholder = {};

    MaybeTemplate read() const
    {
        auto value = member(step.body<ActivityStep>().with.written, key);
        return value ? MaybeTemplate(engine::templateFrom(std::move(*value))) : std::nullopt;
    }
    void write(const MaybeTemplate &value) const
    {
        step.editBody<ActivityStep>("with." + key, label, [&](ActivityStep &edited) {
            edited.with = engine::templateFrom(withMember(
                edited.with.written, key, value ? std::optional(value->written) : std::nullopt));
        });
    }
    FieldName field() const { return {"with/" + key, label}; }
    Read<MaybeTemplate> reader() const
    {
        return [input = *this] { return input.read(); };
    }
    Write<MaybeTemplate> writer() const
    {
        return [input = *this](const MaybeTemplate &value) { input.write(value); };
    }
    Binding with(Binding binding) const
    {
        binding.hint = hint;
        binding.placeholder = placeholder;
        return binding;
    }
};

Binding textOf(const Input &input)
{
    return input.with(textBinding(input.field(), input.reader(), input.writer()));
}

Binding valueOf(const Input &input)
{
    return input.with(valueBinding(input.field(), input.reader(), input.writer()));
}

Binding listOf(const Input &input, OneText one)
{
    return input.with(listBinding(input.field(), one, input.reader(), input.writer()));
}

void addTextCombo(InspectorForm &form, const Input &input, const std::vector<QString> &values)
{
    form.editableCombo(textOf(input), [values] {
        std::vector<ComboOption> options;
        for (const QString &value : values)
            options.push_back({value, value, {}, {}});
        return options;
    });
}

void addHttp(InspectorForm &form, const StepScope &step)
{
    form.row(
        [&] {
            addTextCombo(form, {step, "method", Words::tr("Method"), {}, QStringLiteral("GET")},
                {QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"),
                    QStringLiteral("PATCH"), QStringLiteral("DELETE")});
            form.text(textOf({step, "url", Words::tr("URL"), {},
                QStringLiteral("https://… or =`${input.shop}/…`")}));
        },
        {2, 5});
    form.lines(valueOf({step, "query", Words::tr("Query"),
                   Words::tr("Added to the URL after a question mark."),
                   QStringLiteral("{ \"page\": 1 }")}),
        1);
    form.lines(valueOf({step, "headers", Words::tr("Headers"),
                   Words::tr("A secret is written as ${secret:NAME}."),
                   QStringLiteral("{ \"Accept\": \"application/json\" }")}),
        2);
    form.lines(valueOf({step, "body", Words::tr("Body"),
                   Words::tr("JSON is sent as JSON, a text as it is."), QStringLiteral("=input")}),
        4);
}

void addLog(InspectorForm &form, const StepScope &step)
{
    form.text(
        textOf({step, "message", Words::tr("Message"), {}, QStringLiteral("=`ship ${input.id}`")}));
    addTextCombo(form, {step, "level", Words::tr("Level"), {}, QStringLiteral("info")},
        {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"),
            QStringLiteral("error")});
}

void addScript(InspectorForm &form, const StepScope &step)
{
    form.lines(textOf({step, "code", Words::tr("JavaScript"),
                   Words::tr("Reads input, vars and steps; what it returns is the step's result."),
                   QStringLiteral("return input.total * 1.19;")}),
        9);
}

void addProcess(InspectorForm &form, const StepScope &step)
{
    form.lines(listOf({step, "command", Words::tr("Program and arguments"),
                          Words::tr("One a line; a line that begins with = is an expression. No "
                                    "shell reads them."),
                          QStringLiteral("rsync\n-a\n=input.folder")},
                   OneText::List),
        4);
    form.lines(valueOf({step, "input", Words::tr("Input"),
                   Words::tr("Written to its standard input as JSON."), QStringLiteral("=input")}),
        2);
    form.lines(valueOf({step, "env", Words::tr("Environment"),
                   Words::tr("Variables that it has besides ours."),
                   QStringLiteral("{ \"LANG\": \"C.UTF-8\" }")}),
        2);
    form.text(textOf({step, "cwd", Words::tr("Folder"), Words::tr("Where it runs."),
        QStringLiteral("/srv/orders")}));
}

std::string fileMode(const ActivityStep &activity)
{
    const auto mode = member(activity.with.written, "mode");
    return mode ? textIn(*mode).value_or("read") : "read";
}

ComboOption modeOption(const QString &mode)
{
    const QString text = mode == QLatin1String("write")    ? Words::tr("write")
                         : mode == QLatin1String("append") ? Words::tr("append")
                         : mode == QLatin1String("read")   ? Words::tr("read")
                                                           : mode;
    return {mode, text, {}, {}};
}

void addFileMode(InspectorForm &form, const Input &input)
{
    const auto mode = [step = input.step] {
        return QString::fromStdString(fileMode(step.body<ActivityStep>()));
    };
    Binding binding = textOf(input);
    binding.read = mode;
    form.combo(
        binding,
        [] {
            return std::vector{modeOption(QStringLiteral("read")),
                modeOption(QStringLiteral("write")), modeOption(QStringLiteral("append"))};
        },
        [mode] { return modeOption(mode()); });
}

void addFile(InspectorForm &form, const StepScope &step)
{
    form.row(
        [&] {
            form.text(textOf({step, "path", Words::tr("File"), {},
                QStringLiteral("=`orders/${input.id}.json`")}));
            addFileMode(form, {step, "mode", Words::tr("Mode"), {}});
        },
        {5, 3});
    if (fileMode(step.body<ActivityStep>()) != "read")
        form.lines(valueOf({step, "content", Words::tr("Content"),
                       Words::tr("A text is written as it is, anything else as JSON."),
                       QStringLiteral("=steps.report")}),
            5);
}

void addSql(InspectorForm &form, const StepScope &step)
{
    form.text(textOf({step, "connection", Words::tr("Connection"),
        Words::tr("The name of the secret that holds the address of the database."),
        QStringLiteral("orders-db")}));
    form.lines(textOf({step, "query", Words::tr("Query"),
                   Words::tr("Values stand in it as :name; they are given below."),
                   QStringLiteral("SELECT * FROM orders WHERE id = :id")}),
        4);
    form.lines(valueOf({step, "bind", Words::tr("Values"), Words::tr("What stands for each :name."),
                   QStringLiteral("{ \"id\": \"=input.id\" }")}),
        2);
}

void addMail(InspectorForm &form, const StepScope &step)
{
    form.lines(listOf({step, "to", Words::tr("To"), Words::tr("One address a line."),
                          QStringLiteral("=input.email")},
                   OneText::Plain),
        2);
    form.text(textOf({step, "subject", Words::tr("Subject"), {},
        QStringLiteral("=`Order ${input.id} is on its way`")}));
    form.lines(textOf({step, "text", Words::tr("Text"), {}}), 6);
    form.row(
        [&] {
            form.text(
                textOf({step, "from", Words::tr("From"), {}, Words::tr("as the server says")}));
            form.text(
                textOf({step, "connection", Words::tr("Server"), {}, QStringLiteral("mail")}));
        },
        {1, 1});
    form.sentence(Words::tr("Server: the name of the secret that holds the address of the mail "
                            "server."));
}

void addNotify(InspectorForm &form, const StepScope &step)
{
    form.text(textOf({step, "title", Words::tr("Title"),
        Words::tr("Shown on the desktop of whoever runs the engine."),
        QStringLiteral("=`Order ${input.id} waits`")}));
    form.lines(textOf({step, "text", Words::tr("Text"), {}}), 3);
}

void addWorker(InspectorForm &form, const StepScope &step)
{
    form.text(textOf({step, "name", Words::tr("Work"),
        Words::tr("Workers ask for work by this name."), QStringLiteral("render-invoice")}));
    form.lines(valueOf({step, "input", Words::tr("Input"), Words::tr("What the worker is given."),
                   QStringLiteral("=input")}),
        4);
}

/// Any other activity: its input as JSON.
void addJson(InspectorForm &form, const StepScope &step)
{
    form.lines(
        valueBinding(
            {"with", Words::tr("Input")},
            [step] { return MaybeTemplate(step.body<ActivityStep>().with); },
            [step](MaybeTemplate value) {
                step.editBody<ActivityStep>("with", Words::tr("input"), [&](ActivityStep &edited) {
                    edited.with =
                        value.value_or(engine::templateFrom(engine::JsonText::trusted("{}")));
                });
            }),
        6);
}

struct Known {
    QString text;
    QString hint;
    void (*addRows)(InspectorForm &form, const StepScope &step);
};

std::map<std::string, Known> known()
{
    return {
        {"http", {Words::tr("HTTP request"),
                     Words::tr("Gives status, headers and body; 400 and more is an HttpError."),
                     addHttp}},
        {"log", {Words::tr("Log message"), Words::tr("Writes a line to the log."), addLog}},
        {"script",
            {Words::tr("Script"), Words::tr("Computes something in JavaScript."), addScript}},
        {"process", {Words::tr("Program"),
                        Words::tr("Gives exitCode and output; another code than 0 is a "
                                  "ProcessError."),
                        addProcess}},
        {"file", {Words::tr("File"),
                     Words::tr("Reads a file, giving its text or the JSON in it, or writes one."),
                     addFile}},
        {"sql", {Words::tr("SQL query"), Words::tr("Gives the rows as a list."), addSql}},
        {"mail", {Words::tr("Mail"), Words::tr("Sends a mail."), addMail}},
        {"notify",
            {Words::tr("Notification"), Words::tr("Shows a note on the desktop."), addNotify}},
        {"worker",
            {Words::tr("Worker"), Words::tr("Waits for a program of yours; gives what it reports."),
                addWorker}},
    };
}

} // namespace

void addActivityInput(InspectorForm &form, const StepScope &step)
{
    const auto all = known();
    const auto &activity = step.body<ActivityStep>();
    const auto found = all.find(activity.activity);
    // An expression that gives the whole of it has no members to show.
    const bool members = activity.with.written.text().starts_with('{');
    if (found != all.end() && members)
        found->second.addRows(form, step);
    else
        addJson(form, step);
}

std::string activityShape(const ActivityStep &activity)
{
    const bool writes = activity.activity == "file" && fileMode(activity) != "read";
    return activity.activity + (activity.with.written.text().starts_with('{') ? "" : "=") +
           (writes ? "w" : "");
}

ComboOption activityOption(const std::string &activity)
{
    const auto all = known();
    const auto found = all.find(activity);
    const QString name = QString::fromStdString(activity);
    return {name, found == all.end() ? name : found->second.text, {}, {}};
}

std::vector<ComboOption> activityOptions()
{
    std::vector<ComboOption> options;
    for (const std::string &name : engine::activityNames())
        options.push_back(activityOption(name));
    return options;
}

QString activityHint(const std::string &activity)
{
    const auto all = known();
    const auto found = all.find(activity);
    return found == all.end() ? QString() : found->second.hint;
}

} // namespace designer
