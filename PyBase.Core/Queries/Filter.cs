using System.Text.Json;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Queries;

/// <summary>Which records a query shows: conditions on cells, in groups of which all or any must hold.</summary>
public abstract record Filter
{
    /// <summary>Deepest nesting of groups.</summary>
    public const int MaxDepth = 10;

    /// <summary>Most conditions of a filter, in all its groups together.</summary>
    public const int MaxConditions = 500;

    Filter()
    {
    }

    /// <summary>All of its parts hold, or any of them; without parts it holds always.</summary>
    public sealed record Group(bool IsAll, IReadOnlyList<Filter> Parts) : Filter
    {
        /// <inheritdoc/>
        public override bool ReadsClock => Parts.Any(p => p.ReadsClock);

        /// <inheritdoc/>
        public override bool ReadsLinked => Parts.Any(p => p.ReadsLinked);

        /// <inheritdoc/>
        public override IEnumerable<Field> Fields => Parts.SelectMany(p => p.Fields);

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("conjunction", IsAll ? "and" : "or");
            json.WriteStartArray("filterSet");
            foreach (var part in Parts)
                part.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>A condition on the cells of one field.</summary>
    /// <param name="Field">Whose cells.</param>
    /// <param name="Kind">What its cells are to a condition.</param>
    /// <param name="Operator">What is asked.</param>
    /// <param name="Operand">
    /// What it is compared with, as the kind and the operator want it: null, string, double, bool, string[] (texts, choices, records or people by id),
    /// double[], or <see cref="DaySpan"/>; of notations their text.
    /// </param>
    public sealed record Compare(Field Field, FilterKind Kind, FilterOperator Operator, object? Operand) : Filter
    {
        /// <summary>What is asked of cells in an engineering notation, where it is not the value itself.</summary>
        public Part? Part { get; init; }

        /// <inheritdoc/>
        public override bool ReadsClock => Operand is DaySpan { ReadsClock: true };

        /// <inheritdoc/>
        public override bool ReadsLinked => Kind is FilterKind.Records && Operator is FilterOperator.Contains or FilterOperator.DoesNotContain;

        /// <inheritdoc/>
        public override IEnumerable<Field> Fields => [Field];

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("fieldId", Field.Id);
            if (Part is not null)
                json.WriteString("part", Part.Name);
            json.WriteString("operator", Operator.Name());
            if (Operand is DaySpan days)
            {
                json.WritePropertyName("value");
                days.Write(json);
            }
            else if (Operand is not null)
            {
                json.WritePropertyName("value");
                JsonSerializer.Serialize(json, Operand, Operand.GetType());
            }
            json.WriteEndObject();
        }
    }

    /// <summary>A formula, as <c>filterByFormula</c> has it: what gives 0, false, nothing or an error does not pass.</summary>
    public sealed record Where(Formula Formula) : Filter
    {
        /// <inheritdoc/>
        public override bool ReadsClock => Formula.Clock is not FormulaClock.None;

        /// <inheritdoc/>
        public override bool ReadsLinked => Formula.Fields.Any(f => f.Type is MultipleRecordLinks);

        /// <inheritdoc/>
        public override IEnumerable<Field> Fields => Formula.Fields;

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("formula", Formula.Text);
            json.WriteEndObject();
        }
    }

    /// <summary>Another moment may give another answer, so that none may be kept.</summary>
    public abstract bool ReadsClock { get; }

    /// <summary>It reads records of other tables, so that the table's own version does not tell whether an answer is still right.</summary>
    public abstract bool ReadsLinked { get; }

    /// <summary>The fields it reads, possibly several times.</summary>
    public abstract IEnumerable<Field> Fields { get; }

    /// <summary>As it reads back, with fields and choices by id, so that renaming them breaks nothing.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>The same for the same filter: what a cursor or a cached answer belongs to.</summary>
    public string Text()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
