#include "tests/load/others.h"
#include "tests/load/scenarios.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>

using namespace load;

namespace {

const QString help = QStringLiteral(
    "Puts load on the whole engine and says what came of it. Scenarios: those named, or all.");

Sizes sizesNamed(const QString &name)
{
    if (name == QStringLiteral("tiny"))
        return tinySizes();
    if (name == QStringLiteral("quick"))
        return quickSizes();
    if (name == QStringLiteral("full"))
        return {};
    throw std::runtime_error("--size is tiny, quick or full");
}

std::vector<Scenario> chosen(const QStringList &names)
{
    const auto all = allScenarios();
    if (names.isEmpty())
        return {all.begin(), all.end()};
    std::vector<Scenario> scenarios;
    for (const QString &name : names) {
        const auto found = std::ranges::find(all, name.toStdString(), &Scenario::name);
        if (found == all.end())
            throw std::runtime_error("there is no scenario '" + name.toStdString() + "'");
        scenarios.push_back(*found);
    }
    return scenarios;
}

void write(const QString &file, const std::vector<Row> &rows)
{
    if (file.isEmpty())
        return;
    const auto text = QByteArray::fromStdString(jsonOf(rows).dump(2) + "\n");
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
        throw std::runtime_error(file.toStdString() + ": cannot be written");
}

/// The sizes by name, and what was asked for instead of them.
Sizes sizesFrom(const QCommandLineParser &parser)
{
    const auto numbers = [&parser](const QString &option) {
        std::vector<int> list;
        for (const QString &one : parser.value(option).split(u',', Qt::SkipEmptyParts))
            list.push_back(std::max(one.toInt(), 1));
        return list;
    };
    Sizes sizes = sizesNamed(parser.value(QStringLiteral("size")));
    if (parser.isSet(QStringLiteral("at-once")))
        sizes.atOnce = numbers(QStringLiteral("at-once"));
    if (parser.isSet(QStringLiteral("waiting")))
        sizes.waiting = numbers(QStringLiteral("waiting"));
    return sizes;
}

void run(const QCommandLineParser &parser)
{
    const Sizes sizes = sizesFrom(parser);
    const Surroundings place{parser.value(QStringLiteral("directory")).toStdString(),
        QCoreApplication::applicationFilePath().toStdString()};
    std::vector<Row> rows;
    for (const Scenario &scenario : chosen(parser.positionalArguments())) {
        const Others others;
        for (Row &row : scenario.run(sizes, place)) {
            row.figures.push_back(others.figure());
            printRow(stdout, row);
            rows.push_back(std::move(row));
        }
        write(parser.value(QStringLiteral("json")), rows);
    }
}

void probe(const QStringList &arguments)
{
    const std::string figures = probeWaiting(
        arguments.at(0).toStdString(), arguments.at(1).toInt(), arguments.at(2).toInt());
    std::printf("%s\n", figures.c_str());
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    // The activities of the flows write to it.
    QLoggingCategory::setFilterRules(QStringLiteral("engine.activity.log=false"));
    QCommandLineParser parser;
    parser.setApplicationDescription(help);
    parser.addHelpOption();
    parser.addOptions({
        {QStringLiteral("size"), QStringLiteral("tiny, quick or full"), QStringLiteral("size"),
            QStringLiteral("full")},
        {QStringLiteral("at-once"), QStringLiteral("approvals in flight, as 1,64,512"),
            QStringLiteral("list")},
        {QStringLiteral("waiting"), QStringLiteral("waiting instances, as 1000,1000000"),
            QStringLiteral("list")},
        {QStringLiteral("directory"), QStringLiteral("where the databases go"),
            QStringLiteral("directory"), QDir::tempPath()},
        {QStringLiteral("json"), QStringLiteral("writes the figures"), QStringLiteral("file")},
        {QStringLiteral("probe"), QStringLiteral("measures DIRECTORY COUNT EVENTS; for ourselves")},
    });
    parser.addPositionalArgument(QStringLiteral("scenario"), QStringLiteral("which; default all"));
    parser.process(application);
    try {
        if (parser.isSet(QStringLiteral("probe")))
            probe(parser.positionalArguments());
        else
            run(parser);
        return 0;
    } catch (const std::exception &fault) {
        std::fprintf(stderr, "signalbox_load: %s\n", fault.what());
        return 1;
    }
}
