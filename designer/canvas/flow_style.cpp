#include "designer/canvas/flow_style.h"

namespace designer {

namespace {

/// Sized in pixels so that a step keeps its text on every device; steps have fixed sizes.
QFont canvasFont(app::Type type, QFont::Weight weight)
{
    QFont font = app::font(type);
    if (font.pointSizeF() > 0)
        font.setPixelSize(qRound(font.pointSizeF() * 96 / 72));
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting); // widths must not change with the zoom
    return font;
}

} // namespace

FlowStyle flowStyle(app::ThemeKind theme)
{
    FlowStyle style;
    style.theme = theme;
    for (std::size_t name = 0; name < style.colors.size(); ++name)
        style.colors[name] = app::color(theme, static_cast<app::Color>(name));
    style.title = canvasFont(app::Type::Small, QFont::DemiBold);
    style.subtitle = canvasFont(app::Type::Caption, QFont::Normal);
    style.footer = canvasFont(app::Type::Caption, QFont::Medium);
    style.pill = canvasFont(app::Type::Caption, QFont::DemiBold);
    style.badge = canvasFont(app::Type::Tiny, QFont::Bold);
    return style;
}

QColor over(const QColor &ground, const QColor &ink, double share)
{
    const auto mix = [share](
                         int below, int above) { return qRound(below + (above - below) * share); };
    return {mix(ground.red(), ink.red()), mix(ground.green(), ink.green()),
        mix(ground.blue(), ink.blue())};
}

QColor translucent(const QColor &ink, double opacity)
{
    QColor color = ink;
    color.setAlphaF(static_cast<float>(opacity));
    return color;
}

} // namespace designer
