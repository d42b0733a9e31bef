#include "app/window/documents.h"

#include "app/dialogs/dialogs.h"
#include "app/settings.h"
#include "app/window/flow_shelf.h"
#include "app/window/tab_group.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;
using designer::DesignerPage;

namespace app {
namespace {

QString reasonOf(const engine::Error &error) { return QString::fromStdString(error.message); }

} // namespace

Documents::Documents(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(&m_parts.tabs, &TabGroup::pageChanged, this, &Documents::follow);
    connect(&m_parts.tabs, &TabGroup::closeAsked, this, [this](QWidget *page) {
        if (auto *flow = qobject_cast<DesignerPage *>(page))
            close(flow);
    });
}

void Documents::follow(QWidget *front)
{
    auto *page = qobject_cast<DesignerPage *>(front);
    if (!page || page == m_current)
        return;
    m_current = page;
    emit currentChanged(page);
}

DesignerPage *Documents::addPage()
{
    auto *page = new DesignerPage(m_parts.surroundings, &m_parts.tabs);
    m_pages.push_back(page);
    connect(page, &DesignerPage::titleChanged, this,
        [this, page](const QString &title) { m_parts.tabs.setTitle(page, title); });
    connect(page, &DesignerPage::modifiedChanged, this,
        [this, page](bool modified) { m_parts.tabs.setModified(page, modified); });
    connect(page, &DesignerPage::fileNameWanted, this, [this, page] { saveAs(page); });
    connect(page, &DesignerPage::said, this, &Documents::said);
    return page;
}

void Documents::newFlow()
{
    ++m_untitled;
    //: Name of a new flow; a number is added to the second one and on.
    const QString name = tr("NewFlow");
    openText(m_untitled == 1 ? name : name + QString::number(m_untitled), {});
}

void Documents::openText(const QString &name, const QByteArray &text)
{
    DesignerPage *page = addPage();
    if (const auto started = page->start(name, text); !started) {
        m_parts.dialogs.showProblem(
            m_parts.window, tr("%1 cannot be shown").arg(name), reasonOf(started.error()));
        return remove(page);
    }
    m_parts.tabs.addPage(page, u"flows"_s, page->title());
    emit pageAdded(page);
    m_parts.tabs.setCurrentWidget(page);
    follow(page);
}

void Documents::openFile(const QString &path)
{
    if (DesignerPage *open = pageOf(path))
        return m_parts.tabs.setCurrentWidget(open);
    DesignerPage *page = addPage();
    if (const auto opened = page->open(path); !opened) {
        m_parts.dialogs.showProblem(m_parts.window,
            tr("%1 cannot be opened").arg(QFileInfo(path).fileName()), reasonOf(opened.error()));
        return remove(page);
    }
    m_parts.tabs.addPage(page, u"flows"_s, page->title());
    m_parts.tabs.setModified(page, page->isModified());
    m_parts.settings.addRecentFile(path);
    emit pageAdded(page);
    m_parts.tabs.setCurrentWidget(page);
    follow(page);
    keepSession();
}

void Documents::askAndOpen()
{
    const QString folder = m_current && !m_current->path().isEmpty()
                               ? QFileInfo(m_current->path()).path()
                               : m_parts.shelf.folder();
    m_parts.dialogs.openFile(m_parts.window, folder, [this](const QString &path) {
        if (!path.isEmpty())
            openFile(path);
    });
}

void Documents::save(DesignerPage *page, std::function<void(bool)> done)
{
    if (page->path().isEmpty())
        return saveAs(page, std::move(done));
    const auto saved = page->save();
    if (saved)
        emit said(tr("%1 saved").arg(page->title()));
    else
        m_parts.dialogs.showProblem(
            m_parts.window, tr("%1 is not saved").arg(page->title()), reasonOf(saved.error()));
    if (done)
        done(static_cast<bool>(saved));
}

void Documents::saveAs(DesignerPage *page, std::function<void(bool)> done)
{
    const QString proposed =
        page->path().isEmpty()
            ? QDir(m_parts.shelf.folder()).filePath(page->title() + u".flow.json"_s)
            : page->path();
    QDir().mkpath(m_parts.shelf.folder());
    m_parts.dialogs.saveFile(m_parts.window, proposed,
        [this, alive = QPointer(page), done = std::move(done)](const QString &path) {
            if (path.isEmpty() || !alive)
                return done ? done(false) : void();
            const auto saved = alive->saveAs(path);
            if (saved)
                keepName(alive);
            else
                m_parts.dialogs.showProblem(m_parts.window,
                    tr("%1 is not saved").arg(alive->title()), reasonOf(saved.error()));
            if (done)
                done(static_cast<bool>(saved));
        });
}

void Documents::keepName(DesignerPage *page)
{
    m_parts.settings.addRecentFile(page->path());
    m_parts.tabs.setTitle(page, page->title());
    emit said(tr("%1 saved").arg(page->title()));
    keepSession();
}

void Documents::close(DesignerPage *page)
{
    askUnsaved(page, [this, page] { remove(page); });
}

void Documents::askUnsaved(DesignerPage *page, std::function<void()> goOn)
{
    if (!page->isModified())
        return goOn();
    m_parts.tabs.setCurrentWidget(page);
    m_parts.dialogs.askUnsaved(m_parts.window, page->title(),
        [this, alive = QPointer(page), goOn = std::move(goOn)](UnsavedAnswer answer) {
            if (!alive || answer == UnsavedAnswer::Cancel)
                return;
            if (answer == UnsavedAnswer::Discard) {
                alive->discardUnsaved();
                return goOn();
            }
            save(alive, [goOn](bool saved) {
                if (saved)
                    goOn();
            });
        });
}

bool Documents::hasUnsaved() const
{
    return std::ranges::any_of(m_pages, &DesignerPage::isModified);
}

void Documents::letGo()
{
    for (DesignerPage *page : m_pages)
        page->blockSignals(true);
}

void Documents::askAll(std::function<void()> closable) { askNext(m_pages, std::move(closable)); }

void Documents::askNext(std::vector<DesignerPage *> pages, std::function<void()> closable)
{
    if (pages.empty())
        return closable();
    DesignerPage *page = pages.back();
    pages.pop_back();
    askUnsaved(page, [this, pages = std::move(pages), closable = std::move(closable)] {
        askNext(pages, closable);
    });
}

void Documents::remove(DesignerPage *page)
{
    std::erase(m_pages, page);
    if (m_current == page)
        m_current = nullptr;
    m_parts.tabs.removePage(page);
    if (!m_current) {
        m_current = m_pages.empty() ? nullptr : m_pages.back();
        if (auto *front = qobject_cast<DesignerPage *>(m_parts.tabs.currentWidget()))
            m_current = front;
    }
    emit currentChanged(m_current); // before the page goes: its panels are still in the docks
    keepSession();
    page->blockSignals(
        true); // what it says while it goes is of no interest; destroyed() comes all the same
    page->deleteLater();
}

DesignerPage *Documents::pageOf(const QString &path) const
{
    const QString wanted = QFileInfo(path).absoluteFilePath();
    const auto page = std::ranges::find_if(m_pages, [&](const DesignerPage *candidate) {
        return !candidate->path().isEmpty() &&
               QFileInfo(candidate->path()).absoluteFilePath() == wanted;
    });
    return page == m_pages.end() ? nullptr : *page;
}

QStringList Documents::files() const
{
    QStringList files;
    for (int at = 0; at < m_parts.tabs.count(); ++at)
        if (const auto *page = qobject_cast<DesignerPage *>(m_parts.tabs.widget(at)))
            if (!page->path().isEmpty())
                files.append(page->path());
    return files;
}

void Documents::openSession(const QStringList &more)
{
    const bool first = m_parts.shelf.putSamples() && !m_parts.settings.hasSession();
    QStringList before = m_parts.settings.openFiles();
    before.append(m_parts.settings.currentFile()); // opened already: comes to the front
    for (const QString &path : before)
        if (QFileInfo(path).isFile()) // one that went since then is no reason for a dialog
            openFile(path);
    if (first)
        openFile(m_parts.shelf.samplePath(u"OrderFulfillment"_s));
    for (const QString &path : more)
        openFile(path);
}

void Documents::keepSession()
{
    m_parts.settings.setSession(files(), m_current ? m_current->path() : QString());
}

void Documents::fillRecent(QMenu &menu)
{
    menu.clear();
    for (const QString &path : m_parts.settings.recentFiles())
        menu.addAction(path, this, [this, path] { openFile(path); });
    if (menu.isEmpty())
        menu.addAction(tr("No file yet"))->setEnabled(false);
}

} // namespace app
