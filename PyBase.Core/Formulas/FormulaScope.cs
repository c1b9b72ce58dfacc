using PyBase.Core.Permissions;
using PyBase.Core.Schema;

namespace PyBase.Core.Formulas;

/// <summary>What the names in a formula may mean.</summary>
/// <param name="Schema">The base.</param>
/// <param name="Table">The table whose rows the formula is computed for.</param>
/// <param name="Values">In a rollup: the type of the list that the bare name <c>values</c> means.</param>
/// <param name="Reader">In a rule: whom <c>CURRENT_USER()</c> means.</param>
public sealed record FormulaScope(BaseSchema Schema, Table Table, FormulaType? Values = null, Reader? Reader = null);
