#include "app/widgets/badge.h"
#include "app/widgets/banner.h"
#include "app/widgets/chip.h"
#include "app/widgets/dock_title.h"
#include "app/widgets/elided_label.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/field.h"
#include "app/widgets/focus_ring.h"
#include "app/widgets/icon_picture.h"
#include "app/widgets/icons.h"
#include "app/widgets/json_editor.h"
#include "app/widgets/json_view.h"
#include "app/widgets/search_field.h"
#include "app/widgets/section_head.h"
#include "app/widgets/segment_control.h"
#include "app/widgets/theme.h"
#include "app/widgets/toast.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QPushButton *button(const QString &text, const char *role, bool on = true)
{
    auto *made = new QPushButton(text);
    app::setRole(made, role);
    made->setEnabled(on);
    return made;
}

QHBoxLayout *row(std::initializer_list<QWidget *> widgets)
{
    auto *made = new QHBoxLayout;
    made->setSpacing(8);
    for (QWidget *widget : widgets)
        made->addWidget(widget);
    made->addStretch();
    return made;
}

QWidget *badge(app::Status status)
{
    auto *made = new app::BadgeLabel;
    made->setBadge(app::statusBadge(status));
    return made;
}

/// All icons at 16 px with their names in the tooltip.
class IconSheet : public QWidget
{
public:
    IconSheet() { setFixedSize(24 * 14, 24 * 6); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        int at = 0;
        for (const QString &name : app::iconNames()) {
            app::paintIcon(painter, name, QRectF(at % 14 * 24 + 4, at / 14 * 24 + 4, 16, 16),
                app::color(app::Color::Text));
            ++at;
        }
    }
};

/// The components of the look on one sheet.
struct Gallery : QWidget {
    QPushButton *primary = button(u"Normal"_s, "primary");
    QLineEdit *name = new QLineEdit(u"order-10511"_s);
    QComboBox *target = new QComboBox;
    app::Field *wrong = new app::Field(u"After"_s, new QLineEdit(u"3 days or so"_s));
    app::SegmentControl *segments = new app::SegmentControl({{u"Any"_s}, {u"All"_s}, {u"n of"_s}});
    app::JsonEditor *editor = new app::JsonEditor;
    app::Toast *toast = new app::Toast(this);

    Gallery()
    {
        app::setSurface(this, "panel");
        resize(1100, 900);
        auto *columns = new QHBoxLayout(this);
        columns->setContentsMargins(24, 24, 24, 64);
        columns->setSpacing(24);
        columns->addLayout(inputs(), 1);
        columns->addLayout(blocks(), 1);
        columns->addLayout(lists(), 1);
    }

    QVBoxLayout *inputs()
    {
        target->addItems({u"go to Unpaid"_s, u"reject"_s});
        name->setObjectName(u"name"_s);
        wrong->setError(u"Not a duration. Write 3 d, 12 h 30 min or P3D."_s);
        auto *off = new QLineEdit(u"set by the engine"_s);
        off->setEnabled(false);
        auto *on = new QCheckBox(u"on"_s);
        on->setChecked(true);
        auto *chosen = new QRadioButton(u"on"_s);
        chosen->setChecked(true);
        auto *more = new QToolButton;
        more->setIcon(app::icon(u"more"_s));
        app::setRole(more, "outline");
        auto *filled = new app::SegmentControl({{u"Design"_s, u"flows"_s, app::Color::ModeDesign},
                                                   {u"Run"_s, u"play"_s, app::Color::ModeRun}},
            app::SegmentControl::Style::Filled);
        auto *column = new QVBoxLayout;
        column->addWidget(new app::SectionHead(u"Buttons"_s));
        column->addLayout(row({primary, button(u"Off"_s, "primary", false)}));
        column->addLayout(row({button(u"Normal"_s, ""), button(u"Off"_s, "", false)}));
        column->addLayout(row({button(u"Approve"_s, "good"), button(u"Reject"_s, "danger"),
            button(u"Clear filter"_s, "link"), more}));
        column->addWidget(new app::SectionHead(u"Inputs"_s));
        column->addWidget(name);
        column->addWidget(new app::SearchField(u"Find a flow"_s));
        column->addWidget(wrong);
        column->addWidget(target);
        column->addWidget(off);
        column->addLayout(row({on, new QCheckBox(u"off"_s), chosen, new QRadioButton(u"off"_s)}));
        column->addWidget(segments);
        column->addLayout(row({filled}));
        column->addStretch();
        return column;
    }

    QVBoxLayout *blocks()
    {
        editor->setText(u"{\n  \"orderId\": \"order-10511\",\n  \"total\": 12.5,\n}"_s);
        auto *view = new app::JsonView;
        view->showJson(R"({"success":true,"transactionId":"tx-8841","total":12.5,"note":null})");
        view->fitLines(3, 12);
        auto *banner = new app::Banner;
        banner->showText(app::Banner::Kind::Warning, u"The file was changed outside."_s);
        banner->addAction(u"Compare"_s, [] {});
        banner->addAction(u"Reload"_s, [] {});
        auto *empty = new app::EmptyState;
        empty->setContent(u"inbox"_s, u"Nobody is waiting for your answer."_s, u"Run a sample"_s);
        auto *chip = new app::Chip(u"flow: OrderFulfillment"_s);
        chip->setRemovable(true);
        auto *cut = new app::ElidedLabel;
        cut->setText(u"A very long sentence that has no room here and ends in three dots"_s);
        auto *column = new QVBoxLayout;
        column->addWidget(new app::DockTitle(u"Inspector"_s));
        column->addWidget(editor);
        column->addWidget(view);
        column->addWidget(banner);
        column->addLayout(row({badge(app::Status::Pending), badge(app::Status::Running),
            badge(app::Status::Waiting), badge(app::Status::Suspended)}));
        column->addLayout(row({badge(app::Status::Completed), badge(app::Status::Failed),
            badge(app::Status::Terminated), badge(app::Status::Canceled)}));
        column->addLayout(row({badge(app::Status::Continued), chip}));
        column->addWidget(cut);
        column->addWidget(empty, 1);
        return column;
    }

    QVBoxLayout *lists()
    {
        auto *tabs = new QTabBar;
        tabs->addTab(app::icon(u"flows"_s), u"OrderFulfillment"_s);
        tabs->addTab(app::icon(u"monitor"_s), u"Monitor"_s);
        tabs->setTabsClosable(true);
        auto *under = new QTabBar;
        app::setRole(under, "under");
        under->setExpanding(false);
        under->setDrawBase(false);
        under->addTab(u"Problems"_s);
        under->addTab(u"History"_s);
        auto *table = new QTableWidget(4, 3);
        table->setHorizontalHeaderLabels({u"Instance"_s, u"Status"_s, u"Age"_s});
        table->verticalHeader()->hide();
        table->horizontalHeader()->setHighlightSections(false);
        table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        table->setShowGrid(false);
        table->selectRow(2);
        for (int at = 0; at < 12; ++at)
            table->setItem(at / 3, at % 3, new QTableWidgetItem(u"order-%1"_s.arg(10490 + at)));
        auto *tree = new QTreeWidget;
        tree->setHeaderHidden(true);
        auto *shop = new QTreeWidgetItem(tree, {u"shop"_s});
        new QTreeWidgetItem(shop, {u"OrderFulfillment"_s});
        tree->expandAll();
        auto *column = new QVBoxLayout;
        column->addWidget(tabs);
        column->addWidget(under);
        column->addWidget(table);
        column->addWidget(tree);
        column->addWidget(new IconSheet);
        return column;
    }
};

} // namespace

/// Renders the components in every theme. With SIGNALBOX_PICTURES=FOLDER the sheets are kept there
/// to be looked at.
class GalleryTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<app::FocusRing> m_ring = std::make_unique<app::FocusRing>();

private slots:
    void initTestCase() { app::applyTheme(*qApp, app::ThemeKind::Light); }

    void everyThemeHasItsOwnSheet()
    {
        QImage before;
        for (const auto theme :
            {app::ThemeKind::Light, app::ThemeKind::Dark, app::ThemeKind::HighContrast}) {
            app::applyTheme(*qApp, theme);
            Gallery gallery;
            gallery.toast->show(u"tick"_s, u"Approved"_s, u"Undo"_s);
            gallery.show();
            QVERIFY(QTest::qWaitForWindowActive(&gallery));
            gallery.name->setFocus();
            const QImage sheet = gallery.grab().toImage();
            QVERIFY(sheet != before);
            QCOMPARE(sheet.pixelColor(2, 2), app::color(app::Color::Panel));
            before = sheet;
            const QString folder = qEnvironmentVariable("SIGNALBOX_PICTURES");
            if (!folder.isEmpty())
                QVERIFY(sheet.save(QDir(folder).filePath(u"gallery-%1.png"_s.arg(int(theme)))));
        }
        app::applyTheme(*qApp, app::ThemeKind::Light);
    }

    void textIsAsLargeAsItsNameSays()
    {
        Gallery gallery;
        gallery.show();
        QCOMPARE(gallery.primary->font().pointSizeF(), app::font(app::Type::Small).pointSizeF());
        QCOMPARE(QApplication::font().pointSizeF(), app::font(app::Type::Body).pointSizeF());
    }

    void controlsAreAsHighAsTheTokensSay()
    {
        Gallery gallery;
        gallery.show();
        QVERIFY(QTest::qWaitForWindowExposed(&gallery));
        QCOMPARE(gallery.primary->height(), 28);
        QCOMPARE(gallery.name->height(), 28);
        QCOMPARE(gallery.target->height(), 28);
        QCOMPARE(gallery.segments->height(), 28);
    }

    void segmentsAreChosenByMouseAndKeys()
    {
        app::SegmentControl segments({{u"One"_s}, {u"Any of"_s}, {u"All of"_s}});
        segments.resize(300, 28);
        segments.show();
        QSignalSpy chosen(&segments, &app::SegmentControl::chosen);
        QTest::mouseClick(&segments, Qt::LeftButton, {}, QPoint(280, 14));
        QCOMPARE(segments.current(), 2);
        QTest::keyClick(&segments, Qt::Key_Left);
        QCOMPARE(segments.current(), 1);
        QTest::keyClick(&segments, Qt::Key_Right);
        QTest::keyClick(&segments, Qt::Key_Right);
        QCOMPARE(segments.current(), 2);
        QCOMPARE(chosen.count(), 3);
    }

    void aFieldShowsItsErrorInsteadOfItsHint()
    {
        auto *edit = new QLineEdit;
        app::Field field(u"After"_s, edit);
        field.setHint(u"Empty: no limit."_s);
        QCOMPARE(edit->accessibleDescription(), u"Empty: no limit."_s);
        field.setError(u"Not a duration."_s);
        QCOMPARE(edit->accessibleDescription(), u"Not a duration."_s);
        QCOMPARE(edit->property("wrong").toBool(), true);
        field.setError({});
        QCOMPARE(edit->accessibleDescription(), u"Empty: no limit."_s);
        QCOMPARE(edit->property("wrong").toBool(), false);
    }

    void theJsonEditorSaysWhereItIsWrong()
    {
        app::JsonEditor editor;
        QCOMPARE(editor.value()->text(), std::string("null"));
        QTest::keyClicks(editor.edit(), u"{\"a\": 1"_s);
        QVERIFY(!editor.value());
        QVERIFY(!editor.error().isEmpty());
        QTest::keyClicks(editor.edit(), u"}"_s);
        QVERIFY(editor.value());
        QVERIFY(editor.error().isEmpty());
    }

    void theJsonViewIndentsAndKeepsWhatIsNotJson()
    {
        QCOMPARE(app::indentedJson("{\"a\":[1]}"), u"{\n  \"a\": [\n    1\n  ]\n}"_s);
        QCOMPARE(app::indentedJson("{not json"), u"{not json"_s);
        app::JsonView view;
        view.showJson("{\"a\":1}");
        QCOMPARE(view.toPlainText(), u"{\n  \"a\": 1\n}"_s);
    }

    void aFoldedSectionHidesItsBody()
    {
        QWidget page;
        auto *body = new QWidget(&page);
        auto *head = new app::SectionHead(u"Live here"_s, &page);
        head->fold(body, false);
        QVERIFY(body->isHidden());
        QTest::mouseClick(head, Qt::LeftButton);
        QVERIFY(!body->isHidden());
        QTest::keyClick(head, Qt::Key_Space);
        QVERIFY(body->isHidden());
    }

    void aToastOffersItsActionAndGoes()
    {
        QWidget page;
        page.resize(600, 300);
        page.show();
        app::Toast toast(&page);
        QSignalSpy chosen(&toast, &app::Toast::actionChosen);
        toast.show(u"tick"_s, u"Approved"_s, u"Undo"_s);
        QVERIFY(toast.isVisible());
        QTest::mouseClick(toast.findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(chosen.count(), 1);
        QVERIFY(!toast.isVisible());
    }

    void aRemovableChipAsksForItsRemoval()
    {
        app::Chip chip(u"flow: OrderFulfillment"_s);
        chip.resize(chip.sizeHint());
        QSignalSpy asked(&chip, &app::Chip::removalAsked);
        QTest::keyClick(&chip, Qt::Key_Delete);
        QCOMPARE(asked.count(), 0);
        chip.setRemovable(true);
        chip.resize(chip.sizeHint());
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(chip.width() - 8, 10));
        QTest::keyClick(&chip, Qt::Key_Delete);
        QCOMPARE(asked.count(), 2);
    }

    void escapeEmptiesASearch()
    {
        app::SearchField search(u"Find a flow"_s);
        QTest::keyClicks(&search, u"order"_s);
        QTest::keyClick(&search, Qt::Key_Escape);
        QCOMPARE(search.text(), QString());
    }

    void theRingFollowsTheFocusAndOutlivesItsWindow()
    {
        for (int window = 0; window < 2; ++window) {
            Gallery gallery;
            gallery.show();
            QVERIFY(QTest::qWaitForWindowActive(&gallery));
            gallery.name->setFocus();
            const QRect around = gallery.name->geometry().adjusted(-3, -3, 3, 3);
            const auto siblings = gallery.findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
            QVERIFY(std::any_of(siblings.begin(), siblings.end(),
                [&](const QWidget *one) { return one->isVisible() && one->geometry() == around; }));
        }
    }
};

QTEST_MAIN(GalleryTest)
#include "gallery_test.moc"
