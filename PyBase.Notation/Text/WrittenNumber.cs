namespace PyBase.Notation.Text;

/// <summary>An unsigned number as it stood in a text.</summary>
/// <param name="Value">The exact value; a fraction that does not end is rounded to <see cref="NotationReader.MaxDecimals"/> decimals.</param>
/// <param name="Form">How it was written.</param>
readonly record struct WrittenNumber(decimal Value, NumberForm Form);
