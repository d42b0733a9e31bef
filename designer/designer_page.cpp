#include "designer/designer_page.h"

#include "designer/designer_page_private.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QKeyEvent>

#include <utility>

namespace designer {

DesignerPage::DesignerPage(const DesignerSurroundings &surroundings, QWidget *parent)
    : QWidget(parent)
    , m(std::make_unique<Private>(*this, surroundings))
{}

DesignerPage::~DesignerPage()
{
    // The canvas goes with its parent, after the document and the tool that it asks.
    m->canvas->setTool(nullptr);
    m->canvas->follow(nullptr);
    const std::unique_ptr<QWidget> inspector(m->inspector); // likewise, wherever it is docked
}

engine::Result<void> DesignerPage::start(const QString &name, const QByteArray &text)
{
    if (!text.isEmpty()) {
        auto opened = openedFlow(name, text);
        if (!opened)
            return opened.error();
        m->take(std::move(*opened), {});
        return {};
    }
    engine::Flow flow;
    flow.name = {name.toStdString()};
    m->take({{std::move(flow), {}, {}}, {}}, {});
    return {};
}

engine::Result<void> DesignerPage::open(const QString &path)
{
    auto opened = m->file.open(path);
    if (!opened)
        return opened.error();
    // Before take(), which finds nothing unsaved and drops the copy.
    const auto kept = RecoveryCopy::find(m->surroundings.recoveryFolder, path);
    m->take(std::move(*opened), path);
    if (kept)
        m->restore(*kept);
    return {};
}

engine::Result<void> DesignerPage::save()
{
    if (m->file.path().isEmpty()) {
        emit fileNameWanted();
        return engine::Error{
            engine::ErrorCode::WrongState, "the flow has no file yet; save it under a name", {}};
    }
    return saveAs(m->file.path());
}

engine::Result<void> DesignerPage::saveAs(const QString &path)
{
    auto saved = m->file.save(path, m->text());
    if (!saved)
        return saved;
    m->recovery.setSubject(path, title());
    m->document.markSaved();
    m->banner->hide();
    emit said(tr("Saved %1").arg(QFileInfo(path).fileName()));
    return {};
}

void DesignerPage::discardUnsaved() { m->recovery.drop(); }

QString DesignerPage::path() const { return m->file.path(); }

QString DesignerPage::title() const
{
    return QString::fromStdString(m->document.flow().name.value);
}

bool DesignerPage::isModified() const { return m->document.isModified(); }

FlowDocument &DesignerPage::document() { return m->document; }

FlowCanvas &DesignerPage::canvas() { return *m->canvas; }

const std::vector<engine::Problem> &DesignerPage::problems() const { return m->problems; }

void DesignerPage::setDeployedVersion(int version)
{
    m->deployedVersion = version;
    m->deployedIndex = m->document.undoStack().index();
    m->showDraft();
}

void DesignerPage::showLive(const std::vector<LiveOnStep> &live)
{
    LiveCounts counts;
    for (const LiveOnStep &each : live)
        counts[each.step] = {each.waiting, each.running};
    m->canvas->setLiveCounts(std::move(counts));
}

QWidget *DesignerPage::palette() const { return m->palette; }

QWidget *DesignerPage::inspector() const { return m->inspector; }

QWidget *DesignerPage::problemsPanel() const { return m->problemsPanel; }

void DesignerPage::undo()
{
    m->document.finishGesture();
    m->document.undoStack().undo();
}

void DesignerPage::redo()
{
    m->document.finishGesture();
    m->document.undoStack().redo();
}

void DesignerPage::cut()
{
    copy();
    removeSelected();
}

void DesignerPage::copy()
{
    const auto steps = m->select.selectedSteps();
    if (!steps.empty())
        QGuiApplication::clipboard()->setText(
            QString::fromStdString(clipboardText(m->document.flow(), steps)));
}

void DesignerPage::paste()
{
    const auto fragment = fragmentFrom(QGuiApplication::clipboard()->text().toStdString());
    if (!fragment) {
        emit said(tr("The clipboard holds no steps."));
        return;
    }
    const QPointF middle = m->canvas->toFlow(QRectF(m->canvas->rect()).center());
    selectOnly(*m->canvas, m->document.paste(*fragment, onGrid(middle)));
}

void DesignerPage::duplicate() { m->select.duplicateSelected(); }

void DesignerPage::selectAll()
{
    CanvasSelection all;
    for (const engine::Step &step : m->document.flow().steps)
        all.steps.insert(step.id);
    m->canvas->setSelection(std::move(all));
}

void DesignerPage::removeSelected() { m->select.removeSelected(Reconnect::No); }

void DesignerPage::deploy() { m->deploy(false); }

void DesignerPage::run()
{
    const bool isDeployed =
        m->deployedVersion > 0 && m->deployedIndex == m->document.undoStack().index();
    if (isDeployed)
        m->surroundings.workbench.start(m->document.flow().name);
    else
        m->deploy(true);
}

void DesignerPage::append() { m->select.append(); }

void DesignerPage::renameSelected() { m->inspector->focusName(); }

void DesignerPage::nextProblem() { m->problemsPanel->next(); }

void DesignerPage::zoomIn() { m->zoomBy(1.25); }

void DesignerPage::zoomOut() { m->zoomBy(0.8); }

void DesignerPage::zoomReset() { m->zoomBy(1 / m->canvas->zoom()); }

void DesignerPage::fit() { m->canvas->fit(); }

void DesignerPage::reveal(const engine::StepId &step)
{
    if (!engine::findStep(m->document.flow(), step)) {
        m->canvas->setSelection({});
        return;
    }
    selectOnly(*m->canvas, {step});
    m->canvas->reveal(step);
}

bool DesignerPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m->canvas || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    // Before the canvas: there Tab would move the focus. Without a selected step it still does.
    auto *key = static_cast<QKeyEvent *>(event);
    const bool tab = key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab;
    return tab && !m->canvas->selection().steps.empty() && m->select.keyPress(*key);
}

} // namespace designer
