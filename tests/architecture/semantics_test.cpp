#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace {

const QString root = QStringLiteral(SIGNALBOX_SOURCE_DIR);

QString contentOf(const QString &name)
{
    QFile file(root + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

struct Rule {
    QString number;
    QString words;
};

/// The rules of docs/semantics.md in their order.
QList<Rule> rules()
{
    QList<Rule> found;
    for (const QString &part : contentOf(QStringLiteral("docs/semantics.md"))
                                   .split(QStringLiteral("\n### "))
                                   .mid(1))
        found.append({part.section(u'\n', 0, 0).section(u' ', 0, 0), part});
    return found;
}

/// Whether a table of cases has a row of that name.
bool hasRow(const QString &table, const QString &name)
{
    const auto rows = QJsonDocument::fromJson(contentOf(table).toUtf8()).array();
    return std::ranges::any_of(
        rows, [&](const QJsonValue &row) { return row[QLatin1String("name")].toString() == name; });
}

/// What is wrong with a reference: `tests/FILE: FUNCTION`, `cases/FOLDER`, or `cases/approvals/TABLE: ROW`;
/// empty if nothing.
QString faultOf(const QString &reference)
{
    if (reference.startsWith(QStringLiteral("cases/approvals/")))
        return hasRow(QStringLiteral("tests/") + reference.section(QStringLiteral(": "), 0, 0) +
                          QStringLiteral(".json"),
                   reference.section(QStringLiteral(": "), 1))
                   ? QString()
                   : QStringLiteral("there is no such row");
    if (reference.startsWith(QStringLiteral("cases/")))
        return QDir(root + QStringLiteral("/tests/") + reference).exists()
                   ? QString()
                   : QStringLiteral("there is no such case");
    const QString content = contentOf(reference.section(QStringLiteral(": "), 0, 0));
    if (content.isEmpty())
        return QStringLiteral("there is no such file");
    const QString function = reference.section(QStringLiteral(": "), 1);
    return content.contains(QStringLiteral("void ") + function + u'(')
               ? QString()
               : QStringLiteral("there is no such test in the file");
}

} // namespace

/// docs/semantics.md says for each rule which test shows it; it must not promise more than there is.
class SemanticsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleIsThere()
    {
        const QList<std::pair<int, int>> sections{
            {1, 7}, {2, 10}, {3, 8}, {4, 3}, {5, 6}, {6, 6}, {7, 8}, {8, 4}, {9, 7}, {10, 3}, {11, 7}};
        QStringList expected;
        for (const auto &[section, last] : sections)
            for (int number = 1; number <= last; ++number)
                expected += QStringLiteral("%1.%2").arg(section).arg(number);
        for (int number = 1; number <= 4; ++number)
            expected += QStringLiteral("E.%1").arg(number); // expressions
        QStringList found;
        for (const Rule &rule : rules())
            found += rule.number;
        QCOMPARE(found, expected);
    }

    void everyRuleNamesItsTestsOrSaysThatThereAreNone()
    {
        static const QRegularExpression reference(
            QStringLiteral("`((?:tests/[^`]*_test\\.cpp: |cases/)[^`]+)`"));
        for (const Rule &rule : rules()) {
            auto matches = reference.globalMatch(rule.words);
            QVERIFY2(matches.hasNext() || rule.words.contains(QStringLiteral("Not shown yet")),
                qPrintable(rule.number + QStringLiteral(" names no test")));
            while (matches.hasNext()) {
                const QString named = matches.next().captured(1);
                const QString fault = faultOf(named);
                QVERIFY2(fault.isEmpty(),
                    qPrintable(rule.number + u' ' + named + QStringLiteral(": ") + fault));
            }
        }
    }
};

QTEST_GUILESS_MAIN(SemanticsTest)
#include "semantics_test.moc"
