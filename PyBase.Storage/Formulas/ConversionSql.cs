using PyBase.Core.Formulas;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Storage.Formulas;

/// <summary>Values as other types.</summary>
static class ConversionSql
{
    public const string Failed = "'#ERROR!'::text";

    public static Piece Compile(FormulaBuilder builder, Conversion conversion)
    {
        var (from, to) = (conversion.Source.Type, conversion.Type);
        var source = builder.Compile(conversion.Source);
        if (from.Kind is Blank)
            return new Piece($"null::{ConstantSql.Type(to)}") { Error = source.Error, IsNeverEmpty = true };
        if (to.Kind is Text && !to.IsList)
            return new Piece(Shown(from, source)) { Error = source.Error, IsNullable = source.IsNullable };
        if (to.IsList)
            return new Piece(Items(from.Kind, to.Kind, source.Sql)) { Error = source.Error };
        if (from.IsList && to.Kind is ValueKind.Boolean)
            return new Piece($"(cardinality({source.Sql}) > 0)") { Error = source.Error };
        if (from.IsList)
            return One(builder, from, to, builder.Atom(conversion.Source));
        if (CanFail(from.Kind, to.Kind))
            return Read(builder, to, source);
        return new Piece(Single(from.Kind, to.Kind, source)) { Error = source.Error, IsNullable = to.Kind is not Number && source.IsNullable };
    }

    static bool CanFail(ValueKind from, ValueKind to) => from is Text && to is Number or Date or Instant;

    /// <summary>The only item of a list; more are an error, none is blank.</summary>
    static Piece One(FormulaBuilder builder, FormulaType from, FormulaType to, Piece list)
    {
        var item = new Piece($"({list.Sql})[1]") { Level = list.Level };
        var several = $"case when cardinality({list.Sql}) > 1 then {Failed} end";
        var one = from.Kind == to.Kind ? item
            : CanFail(from.Kind, to.Kind) ? Read(builder, to, item)
            : new Piece(Single(from.Kind, to.Kind, item)) { Level = list.Level };
        return one with { Error = FormulaBuilder.FirstError(list.Error, several, one.Error), IsNullable = true };
    }

    /// <summary>Text that shows a number or a moment; other text is an error.</summary>
    static Piece Read(FormulaBuilder builder, FormulaType to, Piece source)
    {
        var text = builder.Let(source);
        var read = to.Kind is Number ? $"pybase.to_number({text.Sql})" : $"pybase.date_read({text.Sql}, 'en')";
        var value = builder.Let(new Piece(to.Kind is Date ? $"pybase.day_of(pybase.utc({read}))" : read) { Level = text.Level });
        return value with { Error = FormulaBuilder.FirstError(source.Error, $"case when {value.Sql} is null and {text.Sql} <> '' then {Failed} end") };
    }

    static string Single(ValueKind from, ValueKind to, Piece source) => (from, to) switch
    {
        (ValueKind.Boolean, Number) => $"(case when {source.Sql} then 1 else 0 end)::float8",
        (Number, ValueKind.Boolean) => $"({source.Sql} <> 0 and {source.Sql} <> 'NaN')",
        (Text, ValueKind.Boolean) => source.IsNeverEmpty ? $"({source.Sql} is not null)" : $"({source.Sql} <> '')",
        (Date or Instant, ValueKind.Boolean) => $"({source.Sql} is not null)",
        (Date, Instant) => $"pybase.midnight({source.Sql})",
        (Instant, Date) => $"pybase.day_of(pybase.utc({source.Sql}))",
        _ => throw new InvalidOperationException($"No way from {from} to {to}."),
    };

    /// <summary>What people see; lists with commas, without their blanks.</summary>
    public static string Shown(FormulaType from, Piece source) => from.IsList
        ? $"left(array_to_string({Items(from.Kind, ValueKind.Text, source.Sql)}, ', '), 100000)"
        : from.Kind switch
        {
            ValueKind.Text or Blank => source.Sql,
            Number => $"pybase.number_text({source.Sql})",
            ValueKind.Boolean => $"(case when {source.Sql} then '1' else '0' end)",
            Date => $"pybase.day_text({source.Sql})",
            _ => $"pybase.moment_text({source.Sql})",
        };

    static string Items(ValueKind from, ValueKind to, string list) => (from, to) switch
    {
        _ when from == to => list,
        (_, ValueKind.Text) => $"pybase.texts({list})",
        (ValueKind.Text, Number) => $"pybase.numbers({list})",
        _ => $"array(select {Single(from, to, new Piece("i"))} from unnest({list}) with ordinality as u(i, place) order by place)",
    };
}
