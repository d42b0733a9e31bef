#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <map>
#include <set>

namespace {

using Rooms = std::set<QString>;

const Rooms enginePlain{QStringLiteral("engine/base"), QStringLiteral("engine/expressions"),
    QStringLiteral("engine/model"), QStringLiteral("engine/history"),
    QStringLiteral("engine/query"), QStringLiteral("engine/wire"),
    QStringLiteral("engine/webhooks"), QStringLiteral("engine/activities"),
    QStringLiteral("engine/store"), QStringLiteral("engine/runtime"),
    QStringLiteral("engine/door")};

/// The architecture: which room may include which, besides itself (docs/architecture.md).
const std::map<QString, Rooms> &arrows()
{
    static const auto words = [](const char *names) {
        const auto list = QString::fromLatin1(names).split(u' ', Qt::SkipEmptyParts);
        return Rooms(list.begin(), list.end());
    };
    static const auto with = [](Rooms rooms, const Rooms &more) {
        rooms.insert(more.begin(), more.end());
        return rooms;
    };
    static const std::map<QString, Rooms> table{
        {QStringLiteral("engine/base"), {}},
        {QStringLiteral("engine/expressions"), words("engine/base")},
        {QStringLiteral("engine/history"), words("engine/base")},
        {QStringLiteral("engine/activities"), words("engine/base")},
        {QStringLiteral("engine/model/schema"), words("engine/base")},
        {QStringLiteral("engine/model"),
            words("engine/base engine/expressions engine/model/schema")},
        {QStringLiteral("engine/store"), words("engine/base engine/history engine/model")},
        {QStringLiteral("engine/runtime"),
            words("engine/base engine/expressions engine/history engine/model engine/model/schema "
                  "engine/activities engine/store")},
        {QStringLiteral("engine/store/sqlite"),
            words("engine/store engine/base engine/history engine/model")},
        // The script activity runs JavaScript, so it names the interface of expressions.
        {QStringLiteral("engine/activities/builtin"),
            words("engine/activities engine/base engine/expressions")},
        {QStringLiteral("engine/expressions/javascript"), words("engine/expressions engine/base")},
        {QStringLiteral("engine/query"),
            words("engine/base engine/expressions engine/model engine/history")},
        {QStringLiteral("engine/wire"),
            words("engine/base engine/expressions engine/model engine/history engine/door")},
        {QStringLiteral("engine/webhooks"),
            words("engine/base engine/expressions engine/model engine/history")},
        {QStringLiteral("engine/door"),
            words("engine/base engine/model engine/history engine/query")},
        {QStringLiteral("engine"),
            with(enginePlain, words("engine/store/sqlite engine/activities/builtin"))},
        {QStringLiteral("engine/rest"),
            words("engine/door engine/base engine/model engine/history engine/query engine/wire")},
        {QStringLiteral("app/widgets"), words("engine/base engine/model")},
        {QStringLiteral("designer"),
            words("engine/base engine/expressions engine/model app/widgets designer/panels "
                  "designer/tools designer/canvas designer/document")},
        {QStringLiteral("designer/panels"),
            words(
                "engine/base engine/expressions engine/model app/widgets designer designer/canvas "
                "designer/document")},
        {QStringLiteral("designer/tools"),
            words("engine/base engine/expressions engine/model app/widgets designer/canvas "
                  "designer/document")},
        {QStringLiteral("designer/canvas"),
            words("engine/base engine/expressions engine/model app/widgets designer/document")},
        {QStringLiteral("designer/document"),
            words("engine/base engine/expressions engine/model app/widgets")},
        {QStringLiteral("monitor"),
            words("engine engine/door engine/base engine/model engine/history engine/query "
                  "engine/wire app/widgets monitor/views monitor/models monitor/engine_feed")},
        {QStringLiteral("monitor/views"),
            words("engine/door engine/base engine/model engine/history engine/query engine/wire "
                  "app/widgets "
                  "monitor monitor/models monitor/engine_feed")},
        {QStringLiteral("monitor/models"),
            words("engine/door engine/base engine/model engine/history engine/query engine/wire "
                  "app/widgets "
                  "monitor/engine_feed")},
        {QStringLiteral("monitor/engine_feed"),
            words("engine engine/door engine/base engine/model engine/history engine/query "
                  "engine/wire")},
        {QStringLiteral("app"),
            words(
                "engine engine/door engine/base engine/model engine/history engine/query "
                "engine/wire "
                "engine/rest engine/expressions engine/expressions/javascript app/widgets designer "
                "designer/document designer/canvas monitor monitor/engine_feed app/command_line "
                "app/dialogs app/window")},
        {QStringLiteral("app/command_line"),
            words("engine engine/door engine/base engine/model engine/history engine/query "
                  "engine/wire "
                  "engine/rest engine/expressions engine/expressions/javascript app")},
        {QStringLiteral("app/dialogs"),
            words("engine/base engine/model engine/model/schema engine/wire app/widgets app")},
        // The parts of the main window; run_place holds the parts of the monitor.
        {QStringLiteral("app/window"),
            words("engine engine/base engine/model engine/door app app/widgets app/dialogs designer "
                  "monitor monitor/models monitor/views")},
    };
    return table;
}

/// Folders that are part of the room above them.
QString roomOf(QString folder)
{
    static const std::map<QString, QString> inner{
        {QStringLiteral("engine/runtime/steps"), QStringLiteral("engine/runtime")},
        {QStringLiteral("engine/runtime/tasks"), QStringLiteral("engine/runtime")},
        {QStringLiteral("engine/rest/durable_functions"), QStringLiteral("engine/rest")},
        {QStringLiteral("engine/rest/v1"), QStringLiteral("engine/rest")},
        {QStringLiteral("app/command_line/verbs"), QStringLiteral("app/command_line")},
    };
    const auto found = inner.find(folder);
    return found == inner.end() ? folder : found->second;
}

QString folderOf(const QString &file) { return file.left(file.lastIndexOf(u'/')); }

struct Include {
    QString file;
    int line = 0;
    QString target;
};

/// All includes of ours below the top-level folders of code.
QList<Include> includes()
{
    static const QRegularExpression ours(
        QStringLiteral("^\\s*#include \"((?:app|engine|designer|monitor|tests)/[^\"]+)\""));
    const QDir root(QStringLiteral(SIGNALBOX_SOURCE_DIR));
    QList<Include> found;
    for (const auto &top : {"app", "engine", "designer", "monitor"}) {
        QDirIterator files(root.filePath(QLatin1String(top)),
            {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                qFatal("cannot read %s", qPrintable(file.fileName()));
            const auto lines = QString::fromUtf8(file.readAll()).split(u'\n');
            for (int i = 0; i < lines.size(); ++i)
                if (const auto match = ours.match(lines[i]); match.hasMatch())
                    found.append(
                        {root.relativeFilePath(file.fileName()), i + 1, match.captured(1)});
        }
    }
    return found;
}

bool mayInclude(const QString &room, const QString &other)
{
    const auto found = arrows().find(room);
    return room == other || (found != arrows().end() && found->second.contains(other));
}

} // namespace

class ArrowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyIncludeHasAnArrow()
    {
        QStringList wrong;
        const auto all = includes();
        for (const auto &include : all)
            if (!mayInclude(roomOf(folderOf(include.file)), roomOf(folderOf(include.target))))
                wrong += QStringLiteral("%1:%2 includes %3")
                             .arg(include.file)
                             .arg(include.line)
                             .arg(include.target);
        QVERIFY(all.size() > 50);
        QVERIFY2(
            wrong.isEmpty(), qPrintable(QStringLiteral("no arrow for:\n  ") + wrong.join(u"\n  ")));
    }

    void plainRoomsIncludeNoQt()
    {
        static const QRegularExpression qt(QStringLiteral(R"(^\s*#include <Q[A-Z])"));
        const QDir root(QStringLiteral(SIGNALBOX_SOURCE_DIR));
        const Rooms qtRooms{QStringLiteral("engine"), QStringLiteral("engine/store/sqlite"),
            QStringLiteral("engine/activities/builtin"),
            QStringLiteral("engine/expressions/javascript")};
        QStringList wrong;
        QDirIterator files(root.filePath(QStringLiteral("engine")),
            {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto name = root.relativeFilePath(file.fileName());
            if (qtRooms.contains(folderOf(name)))
                continue;
            for (const auto &line : QString::fromUtf8(file.readAll()).split(u'\n'))
                if (qt.match(line).hasMatch())
                    wrong += name + QStringLiteral(": ") + line;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(ArrowsTest)
#include "arrows_test.moc"
