#include "designer/canvas/step_painting.h"

#include "app/widgets/icons.h"

#include <QPainter>

#include <algorithm>

namespace designer {

namespace {

using app::Color;

constexpr double kindTint = 0.14;
constexpr double quietTint = 0.08; ///< of a step that was not reached
constexpr double haloOpacity = 0.22;
constexpr double crisp = 0.5; ///< moves a 1 px line onto whole pixels

struct Pen {
    QColor color;
    double width = 1;
    Qt::PenStyle style = Qt::SolidLine;
};

bool isLive(StepState state)
{
    return state == StepState::Running || state == StepState::Waiting ||
           state == StepState::Suspended || state == StepState::Failed;
}

bool isQuiet(const StepLook &look) { return look.run == StepState::NotReached; }

bool isRing(StepKind kind) { return kind == StepKind::End || kind == StepKind::Fail; }

QPen pen(const Pen &pen)
{
    QPen result(pen.color, pen.width, pen.style, Qt::FlatCap, Qt::RoundJoin);
    if (pen.style == Qt::CustomDashLine)
        result.setDashPattern({5 / pen.width, 3 / pen.width});
    return result;
}

/// The colours and lines of one step, decided before anything is drawn.
class StepPainter
{
public:
    StepPainter(
        QPainter &painter, const StepPicture &step, const StepLook &look, const FlowStyle &style)
        : m_painter(painter)
        , m_step(step)
        , m_look(look)
        , m_style(style)
        , m_kind(lookOf(step.kind))
        , m_geometry(step.geometry)
        , m_ink(isQuiet(look) && step.kind != StepKind::Note ? style[Color::Text3]
                                                             : style[m_kind.color])
        , m_tint(over(style[Color::Node], m_ink, isQuiet(look) ? quietTint : kindTint))
    {}

    void paint();

private:
    Pen outlinePen() const;
    Pen plainPen() const;
    QColor fill() const;
    QPainterPath path(double grown) const;
    bool isBox() const
    {
        return m_kind.shape == StepShape::Rectangle || m_kind.shape == StepShape::RoundLeft;
    }
    void paintHalo();
    void paintFurtherOutlines();
    void paintBody();
    void paintFooter();
    void paintIcon();
    void paintWords();
    void paintBadge();
    void paintNote();
    void paintRows();
    void paintPorts();
    void text(const QRectF &room, const QString &words, const QFont &font, const QColor &ink,
        Qt::Alignment alignment = Qt::AlignLeft);

    QPainter &m_painter;
    const StepPicture &m_step;
    const StepLook &m_look;
    const FlowStyle &m_style;
    const KindLook &m_kind;
    const StepGeometry &m_geometry;
    QColor m_ink;
    QColor m_tint;
};

Pen StepPainter::plainPen() const
{
    const QColor quiet = m_style[Color::EdgeUnreached];
    const bool round = m_kind.shape == StepShape::Circle;
    const QColor own = isQuiet(m_look) ? quiet : m_style[Color::NodeBorder];
    if (m_step.kind == StepKind::Unknown)
        return {own, 1, Qt::CustomDashLine};
    if (m_step.kind == StepKind::Interrupt)
        return {isQuiet(m_look) ? quiet : m_ink, 1.5, Qt::CustomDashLine};
    if (m_step.kind == StepKind::Note)
        return {m_ink, 1};
    if (isRing(m_step.kind))
        return {isQuiet(m_look) ? quiet : m_ink, 2.5};
    const bool thick = round || m_kind.shape == StepShape::Diamond;
    return {own, thick                                           ? 1.5
                 : m_style.theme == app::ThemeKind::HighContrast ? 2.0
                                                                 : length::outline};
}

Pen StepPainter::outlinePen() const
{
    if (m_look.problem) {
        const bool error = *m_look.problem == engine::Severity::Error;
        return {m_style[error ? Color::Failed : Color::Waiting], length::outlineStrong};
    }
    if (m_look.run && isLive(*m_look.run))
        return {m_style[statusColor(*m_look.run)], length::outlineStrong};
    if (m_look.selected || m_look.focused)
        return {m_style[Color::Accent], length::outlineStrong};
    if (m_look.hovered)
        return {m_style[Color::Accent], std::max(plainPen().width, length::outline)};
    if (m_look.run == StepState::Passed || m_look.run == StepState::Skipped)
        return {m_style[Color::EdgeTaken], isRing(m_step.kind) ? 2.5 : 1.5};
    return plainPen();
}

QPainterPath StepPainter::path(double grown) const
{
    return outline(m_kind.shape, m_geometry.body, grown);
}

QColor StepPainter::fill() const
{
    switch (m_step.kind) {
    case StepKind::Unknown: return m_style[Color::Inset];
    case StepKind::Parallel:
    case StepKind::Join: return m_ink;
    case StepKind::Note: return over(m_style[Color::Canvas], m_ink, kindTint);
    case StepKind::Timer:
    case StepKind::Start: return m_style[Color::Node];
    default: return isBox() ? m_style[Color::Node] : m_tint;
    }
}

void StepPainter::paintHalo()
{
    const auto halo = [this](const QColor &color, double wide, double opacity) {
        m_painter.setPen(
            QPen(translucent(color, opacity), wide, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(path(-crisp));
    };
    if (m_look.run == StepState::Waiting || m_look.run == StepState::Suspended)
        halo(m_style[statusColor(*m_look.run)], 10, m_look.pulse);
    else if (m_look.run == StepState::Failed)
        halo(m_style[Color::Failed], 8, haloOpacity);
    if (m_look.matched)
        halo(m_style[Color::WaitMark], 8, 0.26);
    if (m_look.selected || m_look.focused)
        halo(m_style[Color::Accent], 8, haloOpacity);
    if (m_look.focused) {
        const bool high = m_style.theme == app::ThemeKind::HighContrast;
        m_painter.setPen(QPen(translucent(m_style[Color::Focus], high ? 1 : 0.35), high ? 3 : 2));
        m_painter.drawPath(path(5));
    }
}

void StepPainter::paintFurtherOutlines()
{
    m_painter.setPen(pen(plainPen()));
    m_painter.setBrush(m_style[Color::Node]);
    const QRectF body = m_geometry.body.adjusted(crisp, crisp, -crisp, -crisp);
    for (const double offset : {6.0, 3.0}) {
        if (m_step.kind == StepKind::Collect)
            m_painter.drawPath(outline(m_kind.shape, body.adjusted(-offset, 0, -offset, 0)));
        if (m_step.kind == StepKind::ForEach)
            m_painter.drawPath(outline(m_kind.shape, body.translated(offset, offset)));
    }
}

void StepPainter::paintBody()
{
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(fill());
    m_painter.drawPath(path(-crisp));
    if (!m_geometry.footer.isEmpty())
        paintFooter();
    if (m_kind.shape == StepShape::Bar)
        return;
    const Pen line = outlinePen();
    // A thick line grows to both sides, so that a step does not shrink when it is selected.
    const double inset = line.width > 2 ? 0.75 : crisp;
    m_painter.setPen(pen(line));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(path(-inset));
    if (m_step.kind == StepKind::SubFlow) {
        m_painter.setPen(pen(plainPen()));
        m_painter.drawRoundedRect(m_geometry.body.adjusted(3.5, 3.5, -3.5, -3.5), 5, 5);
    }
}

void StepPainter::paintFooter()
{
    m_painter.save();
    m_painter.setClipPath(path(-crisp), Qt::IntersectClip);
    m_painter.fillRect(m_geometry.footer, m_style[Color::NodeFoot]);
    m_painter.fillRect(QRectF(m_geometry.footer.topLeft(), QSizeF(m_geometry.footer.width(), 1)),
        m_style[Color::Line]);
    m_painter.restore();
    QColor ink = m_style[Color::Text2];
    if (m_look.problem == engine::Severity::Error || m_look.run == StepState::Failed)
        ink = m_style[Color::Failed];
    else if (m_look.run == StepState::Waiting)
        ink = m_style[Color::Waiting];
    else if (m_look.run == StepState::Running)
        ink = m_style[Color::Running];
    else if (m_look.run == StepState::Suspended)
        ink = m_style[Color::Suspended];
    else if (isQuiet(m_look))
        ink = m_style[Color::Text3];
    const FooterIcon icon = m_step.words.footerIcon;
    if (icon != FooterIcon::None)
        app::paintIcon(m_painter,
            icon == FooterIcon::Retry ? QStringLiteral("retry") : QStringLiteral("clock"),
            m_geometry.footerIcon, ink);
    text(m_geometry.footerText, m_look.footer.isEmpty() ? m_step.words.footer : m_look.footer,
        m_style.footer, ink);
}

void StepPainter::paintIcon()
{
    m_painter.setPen(Qt::NoPen);
    if (m_kind.shape == StepShape::RoundLeft) {
        // The ring parts the disc from the footer below it.
        m_painter.setBrush(m_style[Color::Node]);
        m_painter.drawEllipse(m_geometry.tile);
        m_painter.setBrush(m_tint);
        m_painter.drawEllipse(m_geometry.tile.adjusted(1.5, 1.5, -1.5, -1.5));
    } else if (m_step.kind == StepKind::Timer) {
        m_painter.setBrush(m_tint);
        m_painter.drawEllipse(m_geometry.tile);
    } else if (m_kind.shape == StepShape::Rectangle) {
        m_painter.setBrush(m_tint);
        m_painter.drawRoundedRect(m_geometry.tile, 6, 6);
    }
    if (hasIconOnCanvas(m_kind))
        app::paintIcon(m_painter, QString::fromLatin1(m_kind.icon), m_geometry.icon, m_ink);
}

void StepPainter::text(const QRectF &room, const QString &words, const QFont &font,
    const QColor &ink, Qt::Alignment alignment)
{
    if (words.isEmpty())
        return;
    m_painter.setFont(font);
    m_painter.setPen(ink);
    m_painter.drawText(
        room, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextDontClip, words);
}

/// Its folded corner and its lines.
void StepPainter::paintNote()
{
    const QPointF corner = m_geometry.body.bottomRight() - QPointF(note::fold, note::fold);
    m_painter.setPen(pen(plainPen()));
    m_painter.setBrush(over(m_style[Color::Canvas], m_ink, 2 * kindTint));
    m_painter.drawPolygon(QPolygonF{
        corner, corner + QPointF(note::fold - crisp, 0), corner + QPointF(0, note::fold - crisp)});
    QRectF line = m_geometry.subtitle;
    line.setHeight(note::lineHigh);
    for (const QString &words : m_step.words.subtitle.split(QLatin1Char('\n'))) {
        text(line, words, m_style.subtitle, m_style[Color::Text]);
        line.translate(0, note::lineHigh);
    }
}

void StepPainter::paintWords()
{
    if (m_step.kind == StepKind::Note)
        return paintNote();
    const bool quiet = isQuiet(m_look);
    text(m_geometry.title, m_step.words.title, m_style.title,
        quiet ? m_style[Color::Text3] : m_style[Color::Text]);
    text(m_geometry.subtitle, m_look.subtitle.isEmpty() ? m_step.words.subtitle : m_look.subtitle,
        m_style.subtitle, quiet ? m_style[Color::Text3] : m_style[Color::Text2]);
}

void StepPainter::paintBadge()
{
    if (m_geometry.badge.isEmpty())
        return;
    if (m_kind.shape == StepShape::Bar) { // on the bar, in its colour
        m_painter.setPen(QPen(m_ink, 1));
        m_painter.setBrush(m_style[Color::Chip]);
        m_painter.drawRoundedRect(
            m_geometry.badge.adjusted(crisp, crisp, -crisp, -crisp), 8.5, 8.5);
    } else {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_tint);
        m_painter.drawRoundedRect(m_geometry.badge, 4, 4);
    }
    text(m_geometry.badge, m_look.badge.isEmpty() ? m_step.words.badge : m_look.badge,
        m_style.badge, m_ink, Qt::AlignHCenter);
}

void StepPainter::paintRows()
{
    for (std::size_t row = 0; row < m_geometry.rows.size(); ++row) {
        const QRectF &room = m_geometry.rows[row];
        const QRectF body = m_geometry.body;
        m_painter.fillRect(QRectF(body.left() + 1, room.center().y() - 10, body.width() - 2, 1),
            m_style[Color::Line]);
        text(room, m_step.rows[std::size_t(m_geometry.rowWays[row])], m_style.subtitle,
            isQuiet(m_look) ? m_style[Color::Text3] : m_style[Color::Text2], Qt::AlignRight);
    }
}

void StepPainter::paintPorts()
{
    if (!m_look.selected && !m_look.hovered && !m_look.connecting)
        return;
    m_painter.setBrush(m_style[Color::Node]);
    for (const Port &port : m_geometry.ports) {
        const bool in = port.way < 0;
        if (in && !m_look.connecting && !m_look.hovered)
            continue; // nothing starts there
        const bool lit = m_look.connecting ? in : !in || m_look.selected;
        m_painter.setPen(QPen(m_style[lit ? Color::Accent : Color::NodeBorder], 1.5));
        m_painter.save();
        if (m_look.connecting && !in)
            m_painter.setOpacity(0.4);
        m_painter.drawEllipse(port.at, length::port / 2, length::port / 2);
        m_painter.restore();
    }
}

void StepPainter::paint()
{
    m_painter.save();
    m_painter.translate(m_step.centre);
    if (m_look.dragged) {
        m_painter.setOpacity(0.78);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_style[Color::Shadow]);
        // Only where it looks out: the step above it is translucent.
        m_painter.drawPath(path(0).translated(0, 4).subtracted(path(0)));
    } else if (m_look.faded) {
        m_painter.setOpacity(0.4);
    }
    paintHalo();
    paintFurtherOutlines();
    paintBody();
    paintIcon();
    paintWords();
    paintBadge();
    paintRows();
    paintPorts();
    m_painter.restore();
}

} // namespace

Color statusColor(StepState state)
{
    switch (state) {
    case StepState::NotReached: return Color::EdgeUnreached;
    case StepState::Passed:
    case StepState::Skipped: return Color::EdgeTaken;
    case StepState::Running: return Color::Running;
    case StepState::Waiting: return Color::WaitMark;
    case StepState::Suspended: return Color::Suspended;
    case StepState::Failed: break;
    }
    return Color::Failed;
}

void paintStep(
    QPainter &painter, const StepPicture &step, const StepLook &look, const FlowStyle &style)
{
    StepPainter(painter, step, look, style).paint();
}

} // namespace designer
