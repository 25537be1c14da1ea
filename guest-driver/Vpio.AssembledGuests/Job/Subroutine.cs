using Iced.Intel;

namespace Vpio.AssembledGuests.Job;

/// <summary>Is a subroutine of the program: called from many places, written at one.</summary>
/// <param name="code">The program's instructions.</param>
internal class Subroutine(Assembler code)
{
    private Label _label = code.CreateLabel();

    /// <summary>Writes a call of it.</summary>
    public void Call() => code.call(_label);

    /// <summary>Has it begin here.</summary>
    public void Begin() => code.Label(ref _label);
}
