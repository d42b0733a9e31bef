#include "engine/rest/error_status.h"

#include <QTest>

using namespace engine;

class ErrorStatusTest : public QObject
{
    Q_OBJECT

private slots:
    void everyCodeHasItsStatus_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        const auto row = [](const char *title, ErrorCode code, int status) {
            QTest::newRow(title) << static_cast<int>(code) << status;
        };
        row("invalid argument", ErrorCode::InvalidArgument, 400);
        row("not found", ErrorCode::NotFound, 404);
        row("already exists", ErrorCode::AlreadyExists, 409);
        row("finished", ErrorCode::Finished, 410);
        row("wrong state", ErrorCode::WrongState, 409);
        row("not allowed", ErrorCode::NotAllowed, 403);
        row("too large", ErrorCode::TooLarge, 413);
        row("busy", ErrorCode::Busy, 503);
        row("unavailable", ErrorCode::Unavailable, 503);
        row("damaged", ErrorCode::Damaged, 500);
    }
    void everyCodeHasItsStatus()
    {
        QFETCH(int, code);
        QFETCH(int, status);
        QCOMPARE(statusOf(static_cast<ErrorCode>(code)), status);
        QVERIFY(reasonOf(status) != "Unknown");
        QVERIFY(!wordOf(static_cast<ErrorCode>(code)).empty());
    }
};

QTEST_GUILESS_MAIN(ErrorStatusTest)
#include "error_status_test.moc"
