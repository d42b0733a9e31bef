#include "monitor/views/key_legend.h"

#include "app/widgets/theme.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace monitor {

KeyLegend::KeyLegend(std::vector<std::pair<QString, QString>> keys, QWidget *parent)
    : QWidget(parent)
    , m_keys(std::move(keys))
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    QStringList words;
    for (const auto &[key, word] : m_keys)
        words += key + u' ' + word;
    setAccessibleName(words.join(QStringLiteral(", ")));
}

void KeyLegend::paintEvent(QPaintEvent *)
{
    using app::Color;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRect(0, 0, width(), 1), app::color(Color::Line));
    const QFont font = app::font(app::Type::Caption);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    int left = 12;
    for (const auto &[keys, word] : m_keys) {
        int wide = metrics.horizontalAdvance(word) + 6;
        for (const QString &key : keys.split(u' '))
            wide += std::max(18, metrics.horizontalAdvance(key) + 8) + 4;
        if (left + wide > width())
            return; // what has no room is in the tooltips of the buttons
        for (const QString &key : keys.split(u' ')) {
            const int cap = std::max(18, metrics.horizontalAdvance(key) + 8);
            painter.setPen(app::color(Color::Border));
            painter.setBrush(app::color(Color::Base));
            painter.drawRoundedRect(QRectF(left + 0.5, 7.5, cap - 1, 17), 4, 4);
            painter.setPen(app::color(Color::Text2));
            painter.drawText(QRect(left, 7, cap, 18), Qt::AlignCenter, key);
            left += cap + 4;
        }
        painter.drawText(
            QRect(left, 7, width() - left, 18), Qt::AlignVCenter | Qt::AlignLeft, word);
        left += metrics.horizontalAdvance(word) + 14;
    }
}

} // namespace monitor
