using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Attacks;

/// <summary>Changes arguments on one thread while others make calls with them: what is read twice is read differently.</summary>
internal sealed class TornArguments() : Attack("torn-arguments", "one thread changes the arguments of the others' calls while these are under way (double fetch)")
{
    private static readonly DeviceOp[] Operations =
        [DeviceOp.Release, DeviceOp.Map, DeviceOp.Unmap, DeviceOp.Grab, DeviceOp.Cancel, DeviceOp.GetState, DeviceOp.Negotiate, DeviceOp.Query];

    public override void Strike(Assault assault)
    {
        if (assault.Thread % 2 == 0)
            Call(assault);
        else
            Change(assault);
    }

    private static void Call(Assault assault)
    {
        HostileNumbers numbers = new(assault);
        while (assault.GoesOn)
        {
            int place = assault.Random.Next(Operations.Length);
            ref DeviceOpArgument argument = ref assault.SharedArguments[place];
            if (assault.Random.Next(4) == 0)
                argument = numbers.ArgumentOf(Operations[place]);
            assault.CallTorn((uint)Operations[place], ref argument);
        }
    }

    /// <summary>Puts a good word and a bad one in the same place by turns, and makes a call of its own now and then: that is what its time is measured by.</summary>
    private static void Change(Assault assault)
    {
        HostileNumbers numbers = new(assault);
        while (assault.GoesOn)
        {
            int place = assault.Random.Next(Operations.Length);
            DeviceOpArgument one = numbers.ArgumentOf(Operations[place]);
            DeviceOpArgument other = numbers.ArgumentOf(Operations[place]);
            int word = assault.Random.Next(4);
            ref ulong shared = ref HostileNumbers.WordOf(ref assault.SharedArguments[place], word);
            for (int turn = 0; turn < 64; turn++)
            {
                Volatile.Write(ref shared, HostileNumbers.WordOf(ref turn % 2 == 0 ? ref one : ref other, word));
                assault.Touch();
            }

            assault.Call((uint)Operations[place], ref one);
        }
    }
}
