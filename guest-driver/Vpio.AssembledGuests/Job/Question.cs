using Iced.Intel;

namespace Vpio.AssembledGuests.Job;

/// <summary>Is a subroutine that answers yes or no: not zero or zero, in EAX.</summary>
/// <param name="code">The program's instructions.</param>
internal sealed class Question(Assembler code) : Subroutine(code);
