#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

struct SourceFile {
    QString name; ///< from the repository root
    QStringList lines;
};

/// Every .h and .cpp of the program.
const QList<SourceFile> &sources()
{
    static const auto all = [] {
        const QDir root(QStringLiteral(SIGNALBOX_SOURCE_DIR));
        QList<SourceFile> found;
        for (const auto &top : {"app", "engine", "designer", "monitor"}) {
            QDirIterator files(root.filePath(QLatin1String(top)),
                {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (!file.open(QIODevice::ReadOnly))
                    qFatal("cannot read %s", qPrintable(file.fileName()));
                found.append({root.relativeFilePath(file.fileName()),
                    QString::fromUtf8(file.readAll()).split(u'\n')});
            }
        }
        return found;
    }();
    return all;
}

/// Lines of files whose name matches `where` and that match `pattern`.
QStringList linesLike(const QString &pattern, const QString &where)
{
    const QRegularExpression wanted(pattern);
    const QRegularExpression place(where);
    QStringList found;
    for (const auto &file : sources()) {
        if (!place.match(file.name).hasMatch())
            continue;
        for (int i = 0; i < file.lines.size(); ++i)
            if (wanted.match(file.lines[i]).hasMatch())
                found += QStringLiteral("%1:%2: %3")
                             .arg(file.name)
                             .arg(i + 1)
                             .arg(file.lines[i].trimmed());
    }
    return found;
}

} // namespace

class TidyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forbiddenWords_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("where");

        // The watchdog ends evaluations that take too long; no value ever depends on when.
        const auto deterministic = QStringLiteral(
            "^engine/(model|expressions(?!/javascript/watchdog)|history|runtime)/");
        QTest::newRow("no clock of its own")
            << QStringLiteral("system_clock::now|steady_clock|QDateTime::current") << deterministic;
        QTest::newRow("no chance of its own")
            << QStringLiteral(R"(random_device|\brand\(|mt19937 )") << deterministic;
        QTest::newRow("SQL only under store/sqlite")
            << QStringLiteral(R"(\b(select .* from|insert into|update .* set|delete from)\b)")
            << QStringLiteral("^(?!engine/store/sqlite/)");
        QTest::newRow("no nested event loops") << QStringLiteral("processEvents|waitForFinished")
                                               << QStringLiteral("^(designer|monitor)/");
        QTest::newRow("no sleeping")
            << QStringLiteral(R"(\bsleep_for\b|QThread::m?sleep|\busleep\()") << QString();
        QTest::newRow("nothing left for later")
            << QStringLiteral(R"(\b(TODO|FIXME|XXX|HACK)\b)") << QString();
        QTest::newRow("every connect names its receiver")
            << QStringLiteral(R"(\bconnect\([^,()]+, *&[\w:]+, *\[)") << QString();
        QTest::newRow("no bare delete") << QStringLiteral(R"(^\s*delete\s+\w)")
                                      << QStringLiteral("^(?!engine/store/sqlite/)");
    }

    void forbiddenWords()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, where);
        const auto found = linesLike(pattern, where);
        QVERIFY2(found.isEmpty(), qPrintable(QStringLiteral("\n  ") + found.join(u"\n  ")));
    }

    void noFileIsTooLongForAHead()
    {
        QStringList tooLong;
        for (const auto &file : sources())
            if (file.lines.size() > 500)
                tooLong += QStringLiteral("%1: %2 lines").arg(file.name).arg(file.lines.size());
        QVERIFY2(tooLong.isEmpty(), qPrintable(tooLong.join(u'\n')));
    }

    void noFunctionIsTooLongForAScreen()
    {
        // A function of ours begins at column 0 or 4 with `{` alone on a line and ends at the same
        // column.
        QStringList tooLong;
        for (const auto &file : sources()) {
            for (int i = 0; i < file.lines.size(); ++i) {
                const auto &line = file.lines[i];
                if (line.trimmed() != u"{" ||
                    (i > 0 && file.lines[i - 1].contains(QLatin1String("class "))))
                    continue;
                const auto end = file.lines.indexOf(QString(line).replace(u'{', u'}'), i);
                if (end - i > 60)
                    tooLong += QStringLiteral("%1:%2: %3 lines").arg(file.name).arg(i).arg(end - i);
            }
        }
        QVERIFY2(tooLong.isEmpty(), qPrintable(tooLong.join(u'\n')));
    }

    void headersGuardThemselves()
    {
        QStringList wrong;
        for (const auto &file : sources())
            if (file.name.endsWith(QLatin1String(".h")) && file.lines.value(0) != u"#pragma once")
                wrong += file.name;
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TidyTest)
#include "tidy_test.moc"
