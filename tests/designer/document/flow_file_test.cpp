#include "designer/document/flow_file.h"
#include "designer/document/recovery_copy.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace designer;

namespace {

const QByteArray flowText = R"({
  "signalbox": 1,
  "name": "Small",
  "start": "done",
  "steps": { "done": { "kind": "end" } }
}
)";

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class FlowFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void fileIsOpenedAndSavedAsItIs()
    {
        const QString path = m_folder->filePath(QStringLiteral("a.flow.json"));
        write(path, flowText);
        FlowFile file;
        const auto opened = file.open(path);
        QVERIFY(opened);
        QCOMPARE(opened->read.flow.name.value, std::string("Small"));
        QVERIFY(file.save(path, opened->text));
        QCOMPARE(contentOf(path), flowText);
    }

    void badFileSaysFileAndLine()
    {
        const QString path = m_folder->filePath(QStringLiteral("bad.flow.json"));
        write(path, "{\n  \"signalbox\": 1,\n  oops\n}");
        FlowFile file;
        const auto opened = file.open(path);
        QVERIFY(!opened);
        const QString message = QString::fromStdString(opened.error().message);
        QVERIFY2(message.contains(path) && message.contains(QLatin1String("line 3")) &&
                     message.contains(QLatin1String("open it again")),
            qPrintable(message));
    }

    void missingFileIsAnError()
    {
        FlowFile file;
        const auto opened = file.open(m_folder->filePath(QStringLiteral("none.flow.json")));
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, engine::ErrorCode::Unavailable);
    }

    void failedSaveLeavesEverythingAsItWas()
    {
        const QString path = m_folder->filePath(QStringLiteral("no/such/folder/a.flow.json"));
        FlowFile file;
        const auto saved = file.save(path, flowText);
        QVERIFY(!saved);
        QVERIFY(!QFile::exists(path));
        QVERIFY(file.path().isEmpty());
    }

    void changeByAnotherProgramIsNoticedAndOwnSavesAreNot()
    {
        const QString path = m_folder->filePath(QStringLiteral("a.flow.json"));
        write(path, flowText);
        FlowFile file;
        QVERIFY(file.open(path));
        QSignalSpy outside(&file, &FlowFile::changedOutside);
        QVERIFY(file.save(path, flowText + ' '));
        write(path, flowText + "  ");
        QTRY_COMPARE(outside.count(), 1);
    }

    void fileReplacedByRenamingIsNoticed()
    {
        const QString path = m_folder->filePath(QStringLiteral("a.flow.json"));
        const QString other = m_folder->filePath(QStringLiteral("b.tmp"));
        write(path, flowText);
        FlowFile file;
        QVERIFY(file.open(path));
        QSignalSpy outside(&file, &FlowFile::changedOutside);
        write(other, flowText + "\n");
        QVERIFY(QFile::remove(path));
        QVERIFY(QFile::rename(other, path));
        QTRY_COMPARE(outside.count(), 1);
        write(path, flowText + "\n\n");
        QTRY_COMPARE(outside.count(), 2);
    }

    void unsavedWorkIsThereForTheNextRun()
    {
        const QString folder = m_folder->filePath(QStringLiteral("recovery"));
        const QString path = m_folder->filePath(QStringLiteral("a.flow.json"));
        QByteArray text = "first";
        {
            RecoveryCopy copy(folder, [&] { return text; });
            copy.setSubject(path, QStringLiteral("Small"));
            copy.keep();
            QTRY_VERIFY(RecoveryCopy::find(folder, path));
            text = "second";
            copy.keep();
            QTRY_COMPARE(RecoveryCopy::find(folder, path)->text, QByteArray("second"));
        }
        const auto found = RecoveryCopy::find(folder, path);
        QVERIFY(found);
        QCOMPARE(found->path, path);
        QCOMPARE(found->name, QStringLiteral("Small"));
        QCOMPARE(RecoveryCopy::all(folder).size(), std::size_t{1});
    }

    void droppedCopyIsGone()
    {
        const QString folder = m_folder->filePath(QStringLiteral("recovery"));
        RecoveryCopy copy(folder, [] { return QByteArray("text"); });
        copy.setSubject({}, QStringLiteral("Untitled"));
        copy.keep();
        QTRY_COMPARE(RecoveryCopy::all(folder).size(), std::size_t{1});
        copy.drop();
        QVERIFY(RecoveryCopy::all(folder).empty());
    }

    void damagedCopyIsPassedOver()
    {
        write(m_folder->filePath(QStringLiteral("x.unsaved.json")), "{ not json");
        QVERIFY(RecoveryCopy::all(m_folder->path()).empty());
    }

    void copyThatCannotBeWrittenIsSaidOnce()
    {
        write(m_folder->filePath(QStringLiteral("file")), "");
        RecoveryCopy copy(m_folder->filePath(QStringLiteral("file")), [] { return QByteArray(); });
        copy.setSubject({}, QStringLiteral("Untitled"));
        QSignalSpy failed(&copy, &RecoveryCopy::failed);
        copy.keep();
        QTRY_COMPARE(failed.count(), 1);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(FlowFileTest)
#include "flow_file_test.moc"
