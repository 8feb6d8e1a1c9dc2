import { useEffect, useState } from 'react';

/** Whether something that holds has begun to within the last `ms` milliseconds; once they are over it is long ago. */
export function useMoment(holds: boolean, ms: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (!holds) return undefined;
    const timer = setTimeout(() => setOver(true), ms);
    return () => {
      clearTimeout(timer);
      setOver(false);
    };
  }, [holds, ms]);
  return holds && !isOver;
}
