using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>duration</c>: seconds, shown as the format says.</summary>
public sealed class Duration(string format) : Numeric, IShownNumber
{
    /// <summary>Rounded to what the format shows before it is cut into hours and minutes, so that no minute has 60 seconds.</summary>
    string IShownNumber.Show(double number)
    {
        if (Math.Abs(number) >= 1e12)
            return CellDisplay.Plain(number);
        var decimals = format.Contains('.', StringComparison.Ordinal) ? format.Length - format.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var total = format == "h:mm" ? Math.Round(Math.Abs((decimal)number) / 60, MidpointRounding.AwayFromZero) * 60 : Math.Round(Math.Abs((decimal)number), decimals, MidpointRounding.AwayFromZero);
        var text = string.Create(CultureInfo.InvariantCulture, $"{(number < 0 && total > 0 ? "-" : "")}{Math.Floor(total / 3600):0}:{Math.Floor(total / 60) % 60:00}");
        return format == "h:mm" ? text : $"{text}:{(total % 60).ToString(decimals == 0 ? "00" : "00." + new string('0', decimals), CultureInfo.InvariantCulture)}";
    }

    static readonly string[] Formats = ["h:mm", "h:mm:ss", "h:mm:ss.S", "h:mm:ss.SS", "h:mm:ss.SSS"];

    /// <inheritdoc/>
    public override string Name => "duration";

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("durationFormat", format);
        json.WriteEndObject();
    };

    /// <summary><c>1:30</c> is an hour and a half where the format ends in minutes, else a minute and a half; <c>1:30:05</c> always begins with hours.</summary>
    protected override double? Read(string text)
    {
        var isNegative = text.StartsWith('-');
        var parts = (isNegative ? text[1..] : text).Split(':');
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!double.TryParse(parts[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        double? seconds = numbers switch
        {
            [var only] => only,
            [var first, var second] => format == "h:mm" ? first * 3600 + second * 60 : first * 60 + second,
            [var hours, var minutes, var rest] => hours * 3600 + minutes * 60 + rest,
            _ => null,
        };
        return isNegative ? -seconds : seconds;
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        var format = options.GetText("durationFormat") ?? "h:mm";
        return Formats.Contains(format) ? new Duration(format) : FieldErrors.InvalidOptions("duration", $"durationFormat is one of {string.Join(", ", Formats)}");
    }
}
