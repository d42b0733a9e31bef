#include "app/widgets/json_view.h"

#include "app/widgets/json_highlighter.h"
#include "app/widgets/theme.h"
#include "engine/base/json_text.h"

#include <QEvent>
#include <QScrollBar>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace app {
namespace {

constexpr std::size_t colouredBytes = 256 * 1024; // above, layout alone takes its time

} // namespace

QString indentedJson(std::string_view text)
{
    const auto checked = engine::JsonText::parse(text, {.bytes = 64 * 1024 * 1024});
    if (!checked)
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return QString::fromStdString(
        checked->tree().dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

JsonView::JsonView(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new JsonHighlighter(document()))
{
    setRole(this, "code");
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setFont(app::font(Type::Mono));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void JsonView::showJson(std::string_view text)
{
    const bool large = text.size() > colouredBytes;
    m_highlighter->setDocument(large ? nullptr : document());
    const QString shown = large
                              ? QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                              : indentedJson(text);
    if (shown != toPlainText())
        setPlainText(shown);
    fit();
}

void JsonView::fitLines(int fewest, int most)
{
    m_fewest = fewest;
    m_most = most;
    fit();
}

void JsonView::fit()
{
    if (m_most == 0)
        return;
    const int lines = std::clamp(document()->blockCount(), m_fewest, m_most);
    const int frame = 2 * (frameWidth() + 4 + static_cast<int>(document()->documentMargin()));
    setFixedHeight(lines * fontMetrics().lineSpacing() + frame + 2);
}

void JsonView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter->document())
        m_highlighter->rehighlight();
}

} // namespace app
