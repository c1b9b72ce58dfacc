namespace PyBase.Notation.Text;

/// <summary>How a number was written, which tells <c>10.2/9.8</c> from <c>1/4</c>.</summary>
enum NumberForm
{
    /// <summary>Digits only: 25, 1 250.</summary>
    Whole,
    /// <summary>With a decimal mark or exponent: 25.4, 25,4, .5, 1E-3.</summary>
    Decimal,
    /// <summary>A fraction, alone or mixed: 1/2, 2 1/2, 2-1/2, 2½.</summary>
    Fraction,
}
