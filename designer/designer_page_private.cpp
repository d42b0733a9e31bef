#include "designer/designer_page_private.h"

#include "designer/panels/problem_text.h"
#include "engine/model/flow_reader.h"
#include "engine/model/mend.h"

#include <QVBoxLayout>

#include <cstdlib>
#include <set>
#include <utility>

namespace designer {
namespace {

/// Problems come this long after the last edit: nobody reads them while typing.
constexpr int checkDelayMs = 120;

} // namespace

DesignerPage::Private::Private(DesignerPage &owner, const DesignerSurroundings &given)
    : page(owner)
    , surroundings(given)
    , recovery(given.recoveryFolder, [this] { return text(); })
    , canvas(new FlowCanvas(&owner))
    , bar(new CanvasBar(&owner))
    , banner(new app::Banner(&owner))
    , tools{document, *canvas, [this](const auto &way, QPointF at) { openAppendMenu(way, at); },
          [this] { inspector->focusFirstField(); }, [this] { inspector->focusName(); },
          [this] { canvas->setTool(&select); }}
    , select(tools)
    , place(tools)
    , palette(new PalettePanel(&owner))
    , inspector(new PropertiesPanel(document, &owner))
    , problemsPanel(new ProblemsPanel(&owner))
    , appendMenu(new AppendMenu(&owner))
{
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(checkDelayMs);
    layOut();
    canvas->follow(&document); // first of all listeners: the others ask it
    canvas->setTool(&select);
    new StepDrop(tools); // owned by the canvas
    connectDocument();
    connectPanels();
}

void DesignerPage::Private::layOut()
{
    banner->hide();
    auto *column = new QVBoxLayout(&page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(banner);
    column->addWidget(canvas, 1);
    // Until a window docks them they are nobody's pictures.
    for (QWidget *panel : {static_cast<QWidget *>(palette), static_cast<QWidget *>(inspector),
             static_cast<QWidget *>(problemsPanel)})
        panel->hide();
}

void DesignerPage::Private::connectDocument()
{
    connect(&document, &FlowDocument::changed, &page, [this](const FlowChange &change) {
        const auto *renamed = std::get_if<StepRenamed>(&change);
        if (renamed && canvas->selection().steps.contains(renamed->from))
            m_renamedSelection = renamed->to;
    });
    connect(&document, &FlowDocument::settled, &page, [this] { settle(); });
    connect(&document, &FlowDocument::modifiedChanged, &page, &DesignerPage::modifiedChanged);
    connect(&m_checkSoon, &QTimer::timeout, &page, [this] { check(); });
    connect(&file, &FlowFile::changedOutside, &page, [this] { sayOutsideChange(); });
    connect(&recovery, &RecoveryCopy::failed, &page, [this](const QString &reason) {
        banner->showText(app::Banner::Kind::Warning,
            DesignerPage::tr("Unsaved work cannot be kept safe: %1. Save often.").arg(reason));
    });
}

void DesignerPage::Private::connectPanels()
{
    connect(canvas, &FlowCanvas::selectionChanged, &page, [this] { followSelection(); });
    connect(canvas, &FlowCanvas::problemClicked, &page, &DesignerPage::reveal);
    connect(palette, &PalettePanel::kindChosen, &page, [this](const QString &kind) {
        place.setKind(kind);
        canvas->setTool(&place);
        canvas->setFocus();
    });
    connect(problemsPanel, &ProblemsPanel::stepChosen, &page, &DesignerPage::reveal);
    connect(problemsPanel, &ProblemsPanel::mendChosen, &page,
        [this](const engine::Problem &problem) { mend(problem); });
    connect(bar, &CanvasBar::undoAsked, &page, &DesignerPage::undo);
    connect(bar, &CanvasBar::redoAsked, &page, &DesignerPage::redo);
    connect(bar, &CanvasBar::deployAsked, &page, &DesignerPage::deploy);
    connect(bar, &CanvasBar::runAsked, &page, &DesignerPage::run);
}

void DesignerPage::Private::take(OpenedFlow opened, const QString &path)
{
    recovery.setSubject(path, QString::fromStdString(opened.read.flow.name.value));
    document.reset(std::move(opened.read.flow), opened.text.toStdString());
    deployedIndex = 0;
    showDraft();
}

void DesignerPage::Private::restore(const UnsavedWork &kept)
{
    auto unsaved = openedFlow(file.path(), kept.text);
    if (!unsaved || kept.text == text())
        return;
    document.reset(std::move(unsaved->read.flow), unsaved->text.toStdString());
    document.markUnsaved();
    banner->showText(app::Banner::Kind::Note,
        DesignerPage::tr("Changes that were not saved when the program ended are back."));
    banner->addAction(DesignerPage::tr("Keep"), [this] { banner->hide(); });
    banner->addAction(DesignerPage::tr("Forget them"), [this] { reload(); });
}

void DesignerPage::Private::reload()
{
    banner->hide();
    auto opened = file.open(file.path());
    if (!opened) {
        banner->showText(
            app::Banner::Kind::Problem, QString::fromStdString(opened.error().message));
        return;
    }
    recovery.drop();
    document.reset(std::move(opened->read.flow), opened->text.toStdString());
}

void DesignerPage::Private::sayOutsideChange()
{
    if (!document.isModified()) {
        reload();
        emit page.said(DesignerPage::tr("The file was changed outside and read again."));
        return;
    }
    banner->showText(app::Banner::Kind::Warning,
        DesignerPage::tr("The file was changed outside, and you have changes too."));
    banner->addAction(DesignerPage::tr("Keep mine"), [this] { banner->hide(); });
    banner->addAction(DesignerPage::tr("Reload"), [this] { reload(); });
}

void DesignerPage::Private::settle()
{
    if (const auto renamed = std::exchange(m_renamedSelection, {}); !renamed.empty())
        selectOnly(*canvas, {renamed});
    if (const QString title = page.title(); title != m_title)
        emit page.titleChanged(m_title = title);
    if (document.isModified())
        recovery.keep();
    else
        recovery.drop();
    showDraft();
    m_checkSoon.start();
    followSelection();
    emit page.undoTextsChanged();
}

void DesignerPage::Private::showDraft()
{
    const QUndoStack &stack = document.undoStack();
    bar->showFlow(page.title());
    bar->showDraft(deployedVersion, std::abs(stack.index() - deployedIndex));
    bar->showUndo(stack.undoText(), stack.canUndo(), stack.redoText(), stack.canRedo());
}

void DesignerPage::Private::check()
{
    const QPointer<DesignerPage> here(&page);
    const std::string checked = document.text();
    surroundings.workbench.check(
        checked, [this, here, checked](std::vector<engine::Problem> found) {
            if (here)
                showProblems(std::move(found), checked);
        });
}

void DesignerPage::Private::showProblems(std::vector<engine::Problem> found, std::string text)
{
    problems = std::move(found);
    m_problemsText = std::move(text);
    canvas->setProblems(problems);
    if (inspector)
        inspector->setProblems(problems);
    if (problemsPanel)
        problemsPanel->setProblems(
            problems, [this](const engine::StepId &step) { return nameOf(step); });
    emit page.problemsChanged();
}

void DesignerPage::Private::mend(const engine::Problem &problem)
{
    const std::string now = document.text();
    if (!problem.mend || now != m_problemsText) { // the new problems are on their way
        emit page.said(DesignerPage::tr("The flow has changed since; it is checked again."));
        return m_checkSoon.start();
    }
    const auto mended = engine::mended(now, *problem.mend);
    auto read =
        mended ? engine::readFlow(*mended) : engine::Result<engine::ReadFlow>(mended.error());
    if (!read) {
        emit page.said(QString::fromStdString(read.error().message));
        return;
    }
    const QString text = mendText(*problem.mend);
    document.replaceFlow(std::move(read->flow), text);
    //: Status bar; %1 is what was done: "Remove 'next'".
    emit page.said(DesignerPage::tr("Done: %1").arg(text));
    if (!problem.step.empty())
        page.reveal(problem.step);
}

QString DesignerPage::Private::nameOf(const engine::StepId &step) const
{
    const engine::Step *found = engine::findStep(document.flow(), step);
    return QString::fromStdString(found ? engine::displayName(*found) : step.value);
}

void DesignerPage::Private::followSelection()
{
    if (!inspector)
        return;
    const CanvasSelection &selection = canvas->selection();
    std::set<engine::StepId> steps = selection.steps;
    if (steps.empty())
        for (const EdgeId &edge : selection.edges)
            steps.insert(edge.from);
    if (steps.size() > 1)
        inspector->showSeveral({steps.begin(), steps.end()});
    else if (steps.empty() || !engine::findStep(document.flow(), *steps.begin()))
        inspector->showFlow();
    else
        inspector->showStep(*steps.begin());
    emit page.selectionChanged();
}

void DesignerPage::Private::openAppendMenu(const std::optional<engine::Transition> &way, QPointF at)
{
    const QPoint onScreen = canvas->mapToGlobal(canvas->toScreen(at).toPoint());
    appendMenu->open(onScreen, [this, way, at](const QString &kind) {
        const engine::StepId step = document.addStep(kind.toStdString(), onGrid(at), way);
        selectOnly(*canvas, {step});
        canvas->reveal(step);
        canvas->setFocus();
    });
}

void DesignerPage::Private::deploy(bool thenStart)
{
    bar->setDeployEnabled(false, DesignerPage::tr("Deploying…"));
    const QPointer<DesignerPage> here(&page);
    const Asked asked{document.text(), document.undoStack().index(), thenStart};
    surroundings.workbench.deploy(
        asked.text, [this, here, asked](const Workbench::Deployed &answer) {
            if (here)
                deployAnswered(answer, asked);
        });
}

void DesignerPage::Private::deployAnswered(const Workbench::Deployed &answer, const Asked &asked)
{
    bar->setDeployEnabled(true, {});
    showProblems(answer.problems, asked.text);
    if (!answer.error.isEmpty() || answer.version == 0) {
        banner->showText(app::Banner::Kind::Problem,
            answer.error.isEmpty()
                ? DesignerPage::tr("Not deployed: the problems below must be solved first.")
                : answer.error);
        banner->addAction(DesignerPage::tr("Close"), [this] { banner->hide(); });
        return;
    }
    banner->hide();
    deployedVersion = answer.version;
    deployedIndex = asked.index;
    showDraft();
    emit page.deployed(answer.version);
    emit page.said(DesignerPage::tr("Deployed as version %1").arg(answer.version));
    if (asked.thenStart)
        surroundings.workbench.start(document.flow().name);
}

void DesignerPage::Private::zoomBy(double factor)
{
    canvas->setZoom(canvas->zoom() * factor, QRectF(canvas->rect()).center());
}

} // namespace designer
